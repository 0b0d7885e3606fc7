import { html } from 'hono/html';
import { formatInstant } from '../../definitions/messages/format.ts';
import type { Visit } from '../state.ts';
import { nameOf } from '../state.ts';
import type { Again } from './again.ts';
import { documentPages } from './document.ts';
import { facts, findingList, headline, tables } from './invoice.ts';
import type { Html, View } from './layout.ts';
import { layout, outside } from './layout.ts';
import { rejectForm } from './reject.ts';

/** The page that asks for a decision. The two buttons are in reach of a thumb and work without scripts. */
export function approvalPage(visit: Visit, view: View, pageToken: string, again: Again = {}): Html {
  const { about, findings } = visit.dossier.approval;
  const { text } = view;
  const body = html`<a class="skip" href="#decide">${text.skip}</a>
    <header class="top">
      <span class="company">${outside(view.company)}</span><span class="soft">${text.askedTo(visit.person.name)}</span>
    </header>
    <main>
      <div class="first">
        <article class="sheet">
          ${again.problem ? html`<p class="problem" role="alert">${again.problem}</p>` : ''} ${headline(about, view)}
          ${before(visit, view)} ${findingList(findings, view)} ${facts(about, view)}
        </article>
        ${decideForm(visit, view, pageToken, again)}
      </div>
      <div class="second">${documentPages(visit, view)} ${tables(about, view)}</div>
    </main>`;
  return layout(view, { title: text.title.approval, body, kind: 'dossier', scripts: ['page.js'] });
}

function before({ dossier, link }: Visit, view: View): Html {
  const earlier = dossier.decisions.filter((made) => made.round < link.round);
  return html`${earlier.map(
    (made) =>
      html`<p class="before">
        ${view.text.decide.before(nameOf(dossier, made.approver), formatInstant(made.at, view.language, view.timeZone))}
      </p>`,
  )}`;
}

function decideForm(visit: Visit, view: View, pageToken: string, again: Again): Html {
  const { decide } = view.text;
  const action = `/a/${visit.link.token}`;
  const until = formatInstant(visit.dossier.approval.expires_at, view.language, view.timeZone);
  return html`<section class="decide" id="decide" aria-labelledby="decide-heading">
    <h2 id="decide-heading" class="visually-hidden">${decide.heading}</h2>
    <form method="post" action="${action}" class="approve">
      <input type="hidden" name="page" value="${pageToken}" />
      <button class="primary" name="decision" value="approved">${decide.approve}</button>
    </form>
    ${rejectForm(action, pageToken, { open: decide.reject, reason: decide.reason, hint: decide.reasonHint, reject: decide.rejectNow }, again)}
    <p class="soft until">${decide.until(until)} ${decide.once}</p>
  </section>`;
}
