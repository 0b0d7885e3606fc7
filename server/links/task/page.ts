import { html } from 'hono/html';
import { labelText } from '../../../core/messages/fact-texts.ts';
import { formatInstant } from '../../../core/messages/format.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { FieldsState } from '../../site/fields-view.ts';
import { fieldsView } from '../../site/fields-view.ts';
import type { Html, View } from '../../site/layout.ts';
import { layout, outside } from '../../site/layout.ts';
import { facts, headline, tables } from '../about-view.ts';
import { rejectForm } from '../approval/reject-view.ts';
import { aroundSection } from '../discussion/view.ts';
import { documentPages } from '../document-view.ts';
import type { Again, Around } from '../form-shown-again.ts';
import type { Visit } from '../request-state.ts';
import { nameOf } from '../request-state.ts';

/** The page of a task: what to do, what to look at, what to fill in. Works without scripts. */
export function taskPage(
  visit: Visit,
  view: View,
  pageToken: string,
  around: Around,
  state: FieldsState,
  again: Again = {},
): Html {
  const { about, to_do: task, expires_at } = visit.dossier.approval;
  const { text } = view;
  const { task: words } = text;
  const action = `/a/${visit.link.token}`;
  const known = (email: string): string => nameOf(visit.dossier, email, around.known);
  const fields = task?.fields;
  const body = html`<header class="top">
      <span class="company">${outside(view.company)}</span><span class="soft">${text.askedTo(visit.person.name)}</span>
    </header>
    <main>
      <div class="first">
        <article class="sheet">
          ${again.problem ? html`<p class="problem" role="alert">${again.problem}</p>` : ''} ${headline(about, view)}
          ${(task?.text ?? '').split('\n').map((line) => (line.trim() === '' ? '' : html`<p class="before">${outside(line)}</p>`))}
          ${facts(about, view, known)}
        </article>
        <section class="sheet" aria-labelledby="do">
          <h2 id="do" class="${fields ? '' : 'visually-hidden'}">
            ${fields ? labelText(fields.title, view.language) : words.done}
          </h2>
          <form method="post" action="${action}/task" enctype="multipart/form-data" class="request-form" data-draft="">
            <input type="hidden" name="page" value="${pageToken}" />
            ${fields?.text === undefined ? '' : html`<p>${outside(labelText(fields.text, view.language))}</p>`}
            ${fields ? fieldsView(fields.fields, state, view) : ''}
            <details class="comment" ${again.comment ? html`open` : ''}>
              <summary>${text.people.comment.open}</summary>
              <label for="comment">${text.people.comment.label}</label>
              ${commentBox(again.comment ?? '')}
            </details>
            <button class="primary">
              ${fields?.submit === undefined ? words.done : labelText(fields.submit, view.language)}
            </button>
          </form>
          <div class="decide-task">
            ${rejectForm(action, pageToken, { open: words.cannot, reason: words.why, reject: words.cannotNow }, again)}
          </div>
          <p class="soft until">${words.until(formatInstant(expires_at, view.language, view.timeZone))}</p>
        </section>
      </div>
      <div class="second">
        ${aroundSection(visit, view, pageToken, around, again)} ${documentPages(visit, view)} ${tables(about, view)}
      </div>
    </main>`;
  return layout(view, {
    title: text.title.task,
    body,
    kind: 'dossier',
    scripts: ['fields.js', 'page.js'],
    styles: ['fields.css'],
  });
}

function commentBox(comment: string): Html {
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea id="comment" name="comment" rows="3" maxlength="${MAX_REASON_LENGTH}">${comment}</textarea>`;
}
