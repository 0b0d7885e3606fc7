import { html } from 'hono/html';
import { formatInstant } from '../../core/messages/format.ts';
import type { DecisionVerb } from '../../core/model/approval.ts';
import type { Messages } from '../site/messages/index.ts';
import type { PageState, Visit } from './request-state.ts';
import { nameOf } from './request-state.ts';
import type { Around } from './form-shown-again.ts';
import { trailOf } from './discussion/view.ts';
import { facts, headline } from './about-view.ts';
import type { Html, View } from '../site/layout.ts';
import { layout, outside } from '../site/layout.ts';

type Ended = Exclude<PageState, { state: 'waiting' }>;

/** What a link shows after its request was decided, expired or was withdrawn: what happened, when and by whom. */
export function outcomePage(
  visit: Visit,
  state: Ended,
  view: View,
  around: Pick<Around, 'known'>,
  refused?: string,
): Html {
  const { approval } = visit.dossier;
  const body = html`<header class="top">
      <span class="company">${outside(view.company)}</span
      ><span class="soft">${view.text.askedTo(visit.person.name)}</span>
    </header>
    <main class="narrow">
      <article class="sheet outcome">
        ${refused ? html`<p class="problem" role="alert">${refused}</p>` : ''} ${told(visit, state, view)}
      </article>
      ${approval.kind === 'validation' ? nextLink(view) : ''} ${trailOf(visit, view, around)}
      <article class="sheet small">
        ${headline(approval.about, view, 2)}${facts(approval.about, view, (email) => nameOf(visit.dossier, email, around.known))}
      </article>
    </main>`;
  return layout(view, { title: view.text.title[approval.kind], body, kind: 'dossier' });
}

/** Where several documents are checked in a row: Enter goes on. Whoever has not signed in is asked to. */
function nextLink(view: View): Html {
  return html`<p class="next"><a class="button" href="/next" autofocus>${view.text.station.next}</a></p>`;
}

function told(visit: Visit, state: Ended, view: View): Html {
  const { text } = view;
  const when = (instant: Date): string => formatInstant(instant, view.language, view.timeZone);
  if (state.state === 'expired') {
    return statement(
      'ended',
      text.state.expired,
      text.state.expiredDetail(when(visit.dossier.approval.expires_at)),
      text,
    );
  }
  if (state.state === 'withdrawn') return statement('ended', text.state.withdrawn, text.state.withdrawnDetail, text);
  if (state.state === 'handed') {
    const { handed, handedDetail } = text.people.done;
    return html`<p class="mark good" aria-hidden="true"></p>
      <h1 class="told">${outside(handed(nameOf(visit.dossier, state.to)))}</h1>
      <p>${handedDetail(when(state.at))}</p>`;
  }
  const { decision, byVisitor, nextRound, left } = state;
  const title = byVisitor
    ? text.state[`${decision.decision}ByYou`]
    : text.state[`${decision.decision}By`](nameOf(visit.dossier, decision.approver));
  return html`<p class="mark ${markOf(decision.decision)}" aria-hidden="true"></p>
    <h1 class="told">${outside(title)}</h1>
    <p>
      ${text.state.at(when(decision.at))} ${nextRound ? text.state.nextRound : ''}
      ${left > 0 ? text.people.othersAsked(left) : ''}
    </p>
    ${decision.reason ? html`<p class="reason"><strong>${text.state.reason}:</strong> ${outside(decision.reason)}</p>` : ''}
    <p class="soft">${byVisitor ? text.state.thanks : text.state.nothingToDo}</p>`;
}

function statement(mark: 'ended', title: string, detail: string, text: Messages): Html {
  return html`<p class="mark ${mark}" aria-hidden="true"></p>
    <h1 class="told">${title}</h1>
    <p>${detail}</p>
    <p class="soft">${text.state.nothingToDo}</p>`;
}

function markOf(decision: DecisionVerb): 'good' | 'bad' {
  return decision === 'rejected' ? 'bad' : 'good';
}
