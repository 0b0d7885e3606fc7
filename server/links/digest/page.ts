import { html } from 'hono/html';
import { factText, labelText } from '../../../core/messages/fact-texts.ts';
import { formatDate } from '../../../core/messages/format.ts';
import type { About } from '../../../core/model/about.ts';
import { isSubject, numberOf } from '../../../core/model/about.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { PageState, Visit } from '../request-state.ts';
import { nameOf } from '../request-state.ts';
import { amountText, headingText, viewAbout } from '../about-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { layout, outside } from '../../site/layout.ts';

/** One request of a digest: who visits it, how it stands, and the address of its own page. */
export type DigestItem = { visit: Visit; state: PageState; link: string };
export type DigestChoice = { decision: string; reason: string; problem?: string | undefined };
export type DigestAgain = {
  choices: ReadonlyMap<string, DigestChoice>;
  problem?: string | undefined;
  done?: number | undefined;
};

/** Facts of a subject in the list; its own page has all. */
const SMALL_FACTS = 2;

const NONE: DigestAgain = { choices: new Map() };

/** Several requests on one page. Each has its own choice; what is left at "later" stays open. Works without scripts. */
export function digestPage(
  token: string,
  items: readonly DigestItem[],
  view: View,
  pageToken: string,
  again = NONE,
): Html {
  const { digest } = view.text.people;
  const open = items.filter(({ state }) => state.state === 'waiting');
  const simple = open.filter(isSimple);
  const body = html`<header class="top">
      <span class="company">${outside(view.company)}</span
      ><span class="soft">${view.text.askedTo(items[0]?.visit.person.name ?? '')}</span>
    </header>
    <main class="narrow digest">
      <h1>${open.length > 0 ? digest.title(open.length) : digest.empty}</h1>
      ${again.problem ? html`<p class="problem" role="alert">${again.problem}</p>` : ''}
      ${again.done ? html`<p class="notice" role="status">${digest.results(again.done)}</p>` : ''}
      ${open.length > 0 ? html`<p class="soft">${digest.lead}</p>` : ''}
      <form method="post" action="/d/${token}">
        <input type="hidden" name="page" value="${pageToken}" />
        ${items.map((item) => itemOf(item, view, again.choices.get(item.visit.dossier.approval.id)))}
        ${simple.length > 0 ? html`<div class="decide">${buttons(simple.length, view)}</div>` : ''}
      </form>
    </main>`;
  return layout(view, { title: digest.title(items.length), body, kind: 'dossier', scripts: ['page.js'] });
}

/** All at once, or those that were chosen; of a single one there is only the choice. */
function buttons(count: number, view: View): Html {
  const { all, send } = view.text.people.digest;
  if (count === 1) return html`<button class="primary" name="all" value="">${send}</button>`;
  return html`<button class="primary" name="all" value="approved">${all(count)}</button>
    <button class="quiet" name="all" value="">${send}</button>`;
}

/** What can be decided in the list. A code or fields to fill in need the page of their own. */
export function isSimple({ visit, state }: DigestItem): boolean {
  return state.state === 'waiting' && !visit.dossier.approval.code_needed;
}

function itemOf(item: DigestItem, all: View, chosen: DigestChoice | undefined): Html {
  const { about, id } = item.visit.dossier.approval;
  const view = viewAbout(all, item.visit.dossier.approval);
  const { digest } = view.text.people;
  const what = [headingText(about, view), numberOf(about)].filter(Boolean).join(', ');
  const amount = amountText(about, view);
  return html`<section class="sheet item">
    <h2>${outside(headingText(about, view))}</h2>
    ${amount === undefined ? '' : html`<p class="amount">${amount}</p>`}
    <p class="soft">${smallPrint(about, view).map((part, i) => html`${i > 0 ? ' · ' : ''}${outside(part)}`)}</p>
    <p>
      <a href="${item.link}">${digest.details}<span class="visually-hidden"> ${outside(what)}</span></a>
    </p>
    ${item.state.state === 'waiting' ? (isSimple(item) ? choiceOf(id, what, view, chosen) : html`<p>${digest.single}</p>`) : html`<p class="told-small">${told(item, view)}</p>`}
  </section>`;
}

/** What tells two cases of the same heading apart. */
function smallPrint(about: About, view: View): string[] {
  if (isSubject(about)) {
    return about.facts
      .slice(0, SMALL_FACTS)
      .map((fact) => `${labelText(fact.label, view.language)}: ${factText(fact, view.language)}`);
  }
  const due = about.dueDate && `${view.text.facts.due}: ${formatDate(about.dueDate, view.language)}`;
  return [about.number, due].flatMap((part) => (part ? [part] : []));
}

function choiceOf(id: string, what: string, view: View, chosen: DigestChoice | undefined): Html {
  const { digest } = view.text.people;
  const options: [string, string][] = [
    ['approved', digest.approve],
    ['rejected', digest.reject],
    ['', digest.later],
  ];
  const decision = chosen?.decision ?? '';
  return html`${chosen?.problem ? html`<p class="problem" role="alert">${chosen.problem}</p>` : ''}
    <fieldset class="choice">
      <legend class="visually-hidden">${outside(digest.choiceOf(what))}</legend>
      ${options.map(
        ([value, label]) =>
          html`<label
            ><input type="radio" name="decision.${id}" value="${value}" ${decision === value ? html`checked` : ''} />
            ${label}</label
          >`,
      )}
      <p class="why">
        <label for="r-${id}">${digest.reason}</label>
        <input
          id="r-${id}"
          name="reason.${id}"
          maxlength="${MAX_REASON_LENGTH}"
          value="${chosen?.reason ?? ''}"
          autocomplete="off"
        />
      </p>
    </fieldset>`;
}

function told({ visit, state }: DigestItem, view: View): string {
  const { state: texts, people } = view.text;
  if (state.state === 'decided') {
    const { decision, byVisitor } = state;
    if (byVisitor) return texts[`${decision.decision}ByYou`];
    return texts[`${decision.decision}By`](nameOf(visit.dossier, decision.approver));
  }
  if (state.state === 'handed') return people.done.handed(nameOf(visit.dossier, state.to));
  return state.state === 'expired' ? texts.expired : texts.withdrawn;
}
