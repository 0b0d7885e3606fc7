import { html } from 'hono/html';
import type { Field } from '../../../core/fields/field.ts';
import { optionLabel } from '../../../core/fields/option-label.ts';
import { formatPeriod, labelText } from '../../../core/messages/fact-texts.ts';
import { formatDate, formatInstant, formatMoney } from '../../../core/messages/format.ts';
import type { Artefact } from '../../../core/model/artefact.ts';
import { parseMoney } from '../../../core/model/money.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import type { Submission } from '../../../store/submissions.ts';
import { headingText } from '../../links/about-view.ts';
import { factList } from '../../links/invoice-view.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';
import type { StartForm } from './forms.ts';

/** A request with what became of it. */
export type Progress = {
  sent: Submission;
  dossiers: readonly ApprovalDossier[];
  questions: readonly { by: string; text: string; link: string }[];
  going: boolean;
  stopped: boolean;
};

/** Forms to fill in, and what was handed in before. */
export function listPage(view: DeskView, forms: readonly StartForm[], progress: readonly Progress[]): Html {
  const { requests } = view.desk;
  const body = html`<section class="sheet" aria-labelledby="forms">
      <h2 id="forms">${requests.forms}</h2>
      ${
        forms.length === 0
          ? html`<p>${requests.noForms}</p>`
          : html`<ul class="rows">
              ${forms.map(({ department, form, fields }) => html`<li><a class="task" href="/f/${department}/${form}">${outside(labelText(fields.title, view.language))}</a></li>`)}
            </ul>`
      }
    </section>
    <section class="sheet" aria-labelledby="sent">
      <h2 id="sent">${requests.list}</h2>
      ${
        progress.length === 0
          ? html`<p>${requests.none}</p>`
          : html`<ul class="rows">
              ${progress.map(
                (one) =>
                  html`<li>
                    <a class="task" href="/requests/${one.sent.id}">${outside(titleOf(one.sent, view))}</a>
                    <span class="tag">${stateText(one, view)}</span>
                    <span class="soft">${sentText(one.sent, view)}</span>
                  </li>`,
              )}
            </ul>`
      }
    </section>`;
  return deskPage(view, { title: requests.title, here: 'requests', body });
}

/** One request: what was entered, who decided what, and what the requester can do. */
export function requestPage(view: DeskView, progress: Progress, names: ReadonlyMap<string, string>): Html {
  const { requests } = view.desk;
  const { sent, questions } = progress;
  const nameOf = (email: string): string => names.get(email.toLowerCase()) ?? email;
  const body = html`<p>
      <span class="tag">${stateText(progress, view)}</span> <span class="soft">${sentText(sent, view)}</span>
    </p>
    ${questions.map(
      ({ by, text, link }) =>
        html`<section class="sheet asked">
          <h2>${outside(requests.question(nameOf(by)))}</h2>
          <p>${outside(text)}</p>
          <p><a class="button" href="${link}">${requests.answer}</a></p>
        </section>`,
    )}
    <section class="sheet" aria-labelledby="decisions">
      <h2 id="decisions">${requests.decisions}</h2>
      ${decisionList(progress, view, nameOf)}
    </section>
    <section class="sheet" aria-labelledby="entered">
      <h2 id="entered">${requests.entered}</h2>
      ${entered(sent, view, nameOf)}
    </section>
    ${
      progress.going && sent.status === 'sent'
        ? html`<details class="sheet">
            <summary>${requests.withdraw}</summary>
            <p>${requests.withdrawHint}</p>
            <form method="post" action="/requests/${sent.id}/withdraw">
              ${csrfField(view)}<button class="danger">${requests.withdrawNow}</button>
            </form>
          </details>`
        : ''
    }`;
  return deskPage(view, { title: titleOf(sent, view), here: 'requests', body });
}

function titleOf({ fields, form }: Submission, view: DeskView): string {
  return fields ? labelText(fields.title, view.language) : form;
}

function sentText({ sent_at, saved_at }: Submission, view: DeskView): string {
  return view.desk.requests.sent(formatInstant(sent_at ?? saved_at, view.language, view.timeZone));
}

function stateText({ sent, dossiers, questions, going, stopped }: Progress, view: DeskView): string {
  const { states } = view.desk.requests;
  if (sent.status === 'withdrawn') return states.withdrawn;
  if (questions.length > 0) return states.question;
  if (going) return states.going;
  const outcomes = dossiers.map(({ approval }) => approval.status);
  if (outcomes.some((outcome) => outcome === 'rejected' || outcome === 'expired')) return states.rejected;
  if (stopped) return states.stopped;
  return outcomes.includes('approved') ? states.approved : states.finished;
}

function decisionList({ dossiers }: Progress, view: DeskView, nameOf: (email: string) => string): Html {
  const { requests } = view.desk;
  if (dossiers.length === 0) return html`<p>${requests.noDecisions}</p>`;
  return html`${dossiers.map(({ approval, decisions, requests: asked }) => {
    const waiting =
      approval.status === 'open'
        ? asked.filter(({ approver }) => !decisions.some((made) => made.approver === approver))
        : [];
    return html`<h3>${outside(headingText(approval.about, view))}</h3>
      ${decisions.map(
        ({ decision, approver, at, reason, comment }) =>
          html`<p>
            ${outside(requests[decision === 'rejected' ? 'rejectedBy' : decision === 'done' ? 'doneBy' : 'approvedBy'](nameOf(approver), formatInstant(at, view.language, view.timeZone)))}
            ${reason || comment ? html`<br /><span class="soft">${outside(reason ?? comment ?? '')}</span>` : ''}
          </p>`,
      )}
      ${waiting.length > 0 ? html`<p class="soft">${outside(requests.waitsFor([...new Set(waiting.map(({ name }) => name))].join(', ')))}</p>` : ''}`;
  })}`;
}

function entered({ fields, values }: Submission, view: DeskView, nameOf: (email: string) => string): Html {
  const shown = (fields?.fields ?? []).filter(({ name }) => values?.[name] !== undefined);
  return factList(
    shown.map((field) => ({
      label: labelText(field.label, view.language),
      value: outside(valueText(field, values?.[field.name], view, nameOf)),
    })),
  );
}

/** A value as people read it. A table is told row by row. */
function valueText(field: Field, value: unknown, view: DeskView, nameOf: (email: string) => string): string {
  const { language } = view;
  if (field.kind === 'table') return (value as object[]).map((row) => Object.values(row).join(' · ')).join('; ');
  if (field.kind === 'file') return (value as Artefact[]).map(({ name }) => name).join(', ');
  if (field.kind === 'yes-no') return value ? view.text.fields.yes : view.text.fields.no;
  const text = String(value);
  if (field.kind === 'date') return formatDate(text, language);
  if (field.kind === 'period') return formatPeriod(text, language);
  if (field.kind === 'person') return nameOf(text);
  if (field.kind === 'choice') return optionLabel(field.options, text, language);
  if (field.kind !== 'money') return text;
  const { amount, currency } = parseMoney(text);
  return formatMoney(amount, currency, language);
}
