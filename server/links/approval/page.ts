import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import type { Visit } from '../request-state.ts';
import { nameOf, progressOf } from '../request-state.ts';
import type { Again, Around } from '../form-shown-again.ts';
import { aroundSection } from '../discussion/view.ts';
import { APPROVE_FORM, changeFields } from './changes-view.ts';
import { documentPages } from '../document-view.ts';
import { facts, headline, remarks, tables } from '../about-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { layout, outside } from '../../site/layout.ts';
import { rejectForm } from './reject-view.ts';

/** The page that asks for a decision. The two buttons are in reach of a thumb and work without scripts. */
export function approvalPage(visit: Visit, view: View, pageToken: string, around: Around, again: Again = {}): Html {
  const { about } = visit.dossier.approval;
  const { text } = view;
  const body = html`<a class="skip" href="#decide">${text.skip}</a>
    <header class="top">
      <span class="company">${outside(view.company)}</span><span class="soft">${text.askedTo(visit.person.name)}</span>
    </header>
    <main>
      <div class="first">
        <article class="sheet">
          ${again.problem ? html`<p class="problem" role="alert">${again.problem}</p>` : ''} ${headline(about, view)}
          ${before(visit, view, around)} ${remarks(visit.dossier.approval, view)}
          ${facts(about, view, (email) => nameOf(visit.dossier, email, around.known))}
          ${changeFields(visit, view, again)}
        </article>
        ${decideForm(visit, view, pageToken, again)}
      </div>
      <div class="second">
        ${aroundSection(visit, view, pageToken, around, again)} ${documentPages(visit, view)} ${tables(about, view)}
      </div>
    </main>`;
  return layout(view, { title: text.title.approval, body, kind: 'dossier', scripts: ['passkey.js', 'page.js'] });
}

function before({ dossier, link, person }: Visit, view: View, { known }: Around): Html {
  const { people, decide } = view.text;
  const earlier = dossier.decisions.filter((made) => made.round <= link.round);
  const { need, made } = progressOf(dossier, link.round);
  return html`${person.in_place_of === null ? '' : html`<p class="before">${people.inPlaceOf(nameOf(dossier, person.in_place_of, known))}</p>`}
  ${need > 1 ? html`<p class="before">${people.approvals(made, need)}</p>` : ''}
  ${earlier.map(
    (decision) =>
      html`<p class="before">
        ${decide.before(nameOf(dossier, decision.approver), formatInstant(decision.at, view.language, view.timeZone))}
      </p>`,
  )}`;
}

function decideForm(visit: Visit, view: View, pageToken: string, again: Again): Html {
  const { decide } = view.text;
  const action = `/a/${visit.link.token}`;
  const until = formatInstant(visit.dossier.approval.expires_at, view.language, view.timeZone);
  return html`<section class="decide" id="decide" aria-labelledby="decide-heading">
    <h2 id="decide-heading" class="visually-hidden">${decide.heading}</h2>
    <form method="post" action="${action}" class="approve" id="${APPROVE_FORM}" ${signing(again, view)}>
      <input type="hidden" name="page" value="${pageToken}" />
      ${codeField(visit, view, again)}
      <button class="primary" name="decision" value="approved">${decide.approve}</button>
      ${otherCode(again, view)}
    </form>
    ${rejectForm(action, pageToken, { open: decide.reject, reason: decide.reason, hint: decide.reasonHint, reject: decide.rejectNow }, again)}
    <p class="soft until">${decide.until(until)} ${decide.once}</p>
  </section>`;
}

/** For the script that asks the device. */
function signing({ code, sign }: Again, { text }: View): Html {
  if (code !== 'passkey' || !sign) return html``;
  return html`data-passkey="sign" data-options="${JSON.stringify(sign)}" data-failed="${text.people.code.unsigned}"`;
}

/** A new code by mail, or a code where the device with the passkey is not at hand. */
function otherCode({ code }: Again, { text }: View): Html {
  const words = { 'mail-code': text.people.code.again, passkey: text.people.code.instead, authenticator: undefined };
  const label = code && words[code];
  return label ? html`<button class="quiet" name="again" value="code" formnovalidate>${label}</button>` : html``;
}

function codeField(visit: Visit, view: View, { code }: Again): Html {
  if (code === undefined) return html``;
  if (code === 'passkey') {
    const { label, hint } = view.text.people.code.passkey;
    return html`<p><strong>${label}</strong></p>
      <p class="soft">${hint()}</p>
      <p class="problem" data-told role="alert" hidden></p>
      <input type="hidden" name="passkey" value="" />`;
  }
  const texts = view.text.people.code[code];
  return html`<label for="code">${texts.label}</label>
    <p class="soft" id="code-hint">${texts.hint(visit.person.approver)}</p>
    <input
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="9"
      autofocus
      aria-describedby="code-hint"
    />`;
}
