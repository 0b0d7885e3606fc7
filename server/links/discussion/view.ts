import { html } from 'hono/html';
import { formatInstant } from '../../../core/messages/format.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { ApprovalTrailRow } from '../../../store/approvals.ts';
import type { Visit } from '../request-state.ts';
import { nameOf } from '../request-state.ts';
import type { Again, Around, Typed } from '../form-shown-again.ts';
import { labelOf } from '../approval/changes-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import { sameAddress } from '../../../core/model/mail-address.ts';

/** What happened so far and, folded away, what a person can do who does not decide now. Works without scripts. */
export function aroundSection(visit: Visit, view: View, pageToken: string, around: Around, again: Again): Html {
  const { people } = view.text;
  return html`${trailOf(visit, view, around)}
    <section class="sheet around" aria-labelledby="around-heading">
      <h2 id="around-heading">${people.more}</h2>
      ${askForm(visit, view, pageToken, around, again.asking)}
      ${delegateForm(visit, view, pageToken, around, again.delegating)}
    </section>`;
}

function askForm({ link, dossier }: Visit, view: View, pageToken: string, { known }: Around, typed?: Typed): Html {
  const { ask } = view.text.people;
  const first = typed?.to ?? dossier.approval.barred[0] ?? '';
  return html`<details ${typed ? html`open` : ''}>
    <summary>${ask.open}</summary>
    <form method="post" action="/a/${link.token}/ask">
      <input type="hidden" name="page" value="${pageToken}" />
      <p class="soft">${ask.hint}</p>
      <label for="ask-to">${ask.to}</label>
      ${personChoice('ask-to', known, first)}
      <label for="ask-text">${ask.text}</label>
      ${textBox('ask-text', typed?.text ?? '', true)}
      <button class="button">${ask.send}</button>
    </form>
  </details>`;
}

function delegateForm(visit: Visit, view: View, pageToken: string, { known, domains }: Around, typed?: Typed): Html {
  const { delegate } = view.text.people;
  const others = known.filter(
    ({ email }) => !visit.dossier.approval.barred.some((barred) => sameAddress(barred, email)),
  );
  return html`<details ${typed ? html`open` : ''}>
    <summary>${delegate.open}</summary>
    <form method="post" action="/a/${visit.link.token}/delegate">
      <input type="hidden" name="page" value="${pageToken}" />
      <p class="soft">${delegate.hint}</p>
      <label for="delegate-to">${delegate.to}</label>
      ${personChoice('delegate-to', others, typed?.to ?? '')}
      ${
        domains.length > 0
          ? html`<label for="delegate-other">${delegate.other(domains.join(', '))}</label>
              <input id="delegate-other" name="other" type="email" autocomplete="off" />`
          : ''
      }
      <label for="delegate-text">${delegate.note}</label>
      ${textBox('delegate-text', typed?.text ?? '', false)}
      <button class="button">${delegate.send}</button>
    </form>
  </details>`;
}

function personChoice(id: string, known: Around['known'], chosen: string): Html {
  return html`<select id="${id}" name="to">
    <option value="">–</option>
    ${known.map(
      ({ name, email }) =>
        html`<option value="${email}" ${sameAddress(email, chosen) ? html`selected` : ''}>
          ${name === email ? email : `${name} (${email})`}
        </option>`,
    )}
  </select>`;
}

function textBox(id: string, text: string, required: boolean): Html {
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea id="${id}" name="text" rows="3" maxlength="${MAX_REASON_LENGTH}" ${required ? html`required` : ''}>${text}</textarea>`;
}

/** Questions, answers, hand-overs, and approvals with a comment or changes. */
export function trailOf({ dossier }: Visit, view: View, { known }: Pick<Around, 'known'>): Html {
  const { trail } = view.text.people;
  const name = (email: string): string => nameOf(dossier, email, known);
  const entries = [
    ...dossier.trail.map((row) => ({
      at: row.at,
      what: told(row, view, name),
      words: row.kind === 'substituted' ? null : row.text,
    })),
    ...dossier.decisions
      .filter(({ comment, changes }) => comment !== null || changes.length > 0)
      .map(({ at, approver, comment, changes }) => ({
        at,
        what: trail.approved(name(approver)),
        words: [
          ...changes.map(
            ({ field, before, after }) =>
              `${labelIn(dossier, field, view)}: ${view.text.people.changes.changed(before, after)}`,
          ),
          ...(comment === null ? [] : [comment]),
        ].join('\n'),
      })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  if (entries.length === 0) return html``;
  return html`<section class="sheet trail" aria-labelledby="trail-heading">
    <h2 id="trail-heading">${trail.heading}</h2>
    <ol>
      ${entries.map(
        ({ at, what, words }) =>
          html`<li>
            <p>${outside(what)} <span class="soft">${formatInstant(at, view.language, view.timeZone)}</span></p>
            ${words ? html`<p class="words">${words.split('\n').map((line) => html`${outside(line)}<br />`)}</p>` : ''}
          </li>`,
      )}
    </ol>
  </section>`;
}

function labelIn({ approval }: Visit['dossier'], name: string, view: View): string {
  const field = approval.changes.find((candidate) => candidate.name === name);
  return field ? labelOf(field, view) : name;
}

function told(row: ApprovalTrailRow, view: View, name: (email: string) => string): string {
  const { trail } = view.text.people;
  const [by, to] = [name(row.by ?? ''), name(row.to ?? '')];
  switch (row.kind) {
    case 'question':
      return trail.question(by, to);
    case 'answer':
      return trail.answer(by);
    case 'comment':
      return row.claimed === null ? trail.comment(by) : trail.unverified(row.claimed);
    case 'delegated':
      return trail.delegated(by, to);
    case 'substituted':
      return trail.substituted(by, to);
    case 'returned':
      return trail.returned(by, to);
    default:
      return trail.escalated(to);
  }
}
