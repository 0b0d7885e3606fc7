import { html } from 'hono/html';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { ApprovalDossier, ApprovalTrailRow } from '../../../store/approvals.ts';
import { nameOf } from '../request-state.ts';
import { facts, headline, remarks, tables } from '../about-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { layout, outside } from '../../site/layout.ts';

export type AnswerVisit = { token: string; dossier: ApprovalDossier; question: ApprovalTrailRow; asker: string };

/** The page of a person who was asked a question: the invoice, the question, one box. Nothing is decided here. */
export function answerPage(
  visit: AnswerVisit,
  view: View,
  pageToken: string,
  typed?: { text: string; problem: string },
): Html {
  const { about } = visit.dossier.approval;
  const { answer } = view.text.people;
  const body = html`<header class="top"><span class="company">${outside(view.company)}</span></header>
    <main>
      <div class="first">
        <article class="sheet">
          ${typed ? html`<p class="problem" role="alert">${typed.problem}</p>` : ''}
          <h1>${outside(answer.lead(visit.asker))}</h1>
          <blockquote class="words">
            ${(visit.question.text ?? '').split('\n').map((line) => html`${outside(line)}<br />`)}
          </blockquote>
          <form method="post" action="/q/${visit.token}" class="answer">
            <input type="hidden" name="page" value="${pageToken}" />
            <label for="text">${answer.label}</label>
            ${textBox(typed?.text ?? '')}
            <button class="primary">${answer.send}</button>
          </form>
        </article>
      </div>
      <div class="second">
        <article class="sheet">
          ${headline(about, view, 2)} ${remarks(visit.dossier.approval, view)}
          ${facts(about, view, (email) => nameOf(visit.dossier, email))}
        </article>
        ${tables(about, view)}
      </div>
    </main>`;
  return layout(view, { title: answer.title, body, kind: 'dossier', scripts: ['page.js'] });
}

export function askerOf(dossier: ApprovalDossier, question: ApprovalTrailRow): string {
  return nameOf(dossier, question.by ?? '');
}

function textBox(text: string): Html {
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea id="text" name="text" rows="5" required maxlength="${MAX_REASON_LENGTH}">${text}</textarea>`;
}
