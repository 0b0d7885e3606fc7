import { html } from 'hono/html';
import type { Changeable } from '../../../core/catalogue/approval/options.ts';
import { MAX_VALUE_LENGTH } from '../../../core/catalogue/approval/options.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { Visit } from '../request-state.ts';
import type { Again } from '../form-shown-again.ts';
import type { Html, View } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';

/** Fields of the approving form that lie outside of it: the form itself is a bar in reach of the thumb. */
export const APPROVE_FORM = 'approve';

/** What the fields are now: as they came, with what earlier approvers made of them. */
export function currentValues({ dossier }: Visit): Record<string, string> {
  const values = Object.fromEntries(dossier.approval.changes.map(({ name, value }) => [name, value]));
  for (const { changes } of dossier.decisions) for (const { field, after } of changes) values[field] = after;
  return values;
}

export function labelOf(field: Changeable, view: View): string {
  if (field.label === undefined) return field.name;
  return typeof field.label === 'string' ? field.label : field.label[view.language];
}

/** The fields that the approver may change, and a comment. */
export function changeFields(visit: Visit, view: View, again: Again): Html {
  const { people } = view.text;
  const fields = visit.dossier.approval.changes;
  const values = { ...currentValues(visit), ...again.values };
  return html`${
      fields.length > 0
        ? html`<fieldset class="changes">
            <legend>${people.changes.heading}</legend>
            ${fields.map((field) => changeField(field, values[field.name] ?? '', view))}
          </fieldset>`
        : ''
    }
    <details class="comment" ${again.comment ? html`open` : ''}>
      <summary>${people.comment.open}</summary>
      <label for="comment">${people.comment.label}</label>
      ${commentBox(again.comment ?? '')}
    </details>`;
}

function changeField(field: Changeable, value: string, view: View): Html {
  const id = `v-${field.name}`;
  return html`<p class="field">
    <label for="${id}">${outside(labelOf(field, view))}</label>
    ${field.options ? choice(field, id, value) : html`<input id="${id}" name="value.${field.name}" form="${APPROVE_FORM}" value="${value}" maxlength="${MAX_VALUE_LENGTH}" autocomplete="off" />`}
  </p>`;
}

function choice({ name, options = [] }: Changeable, id: string, value: string): Html {
  // What it is now may not be among the options: then nothing is chosen for the person.
  const all = options.includes(value) ? options : ['', ...options];
  return html`<select id="${id}" name="value.${name}" form="${APPROVE_FORM}">
    ${all.map((option) => html`<option ${option === value ? html`selected` : ''}>${option}</option>`)}
  </select>`;
}

function commentBox(comment: string): Html {
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea id="comment" name="comment" rows="3" form="${APPROVE_FORM}" maxlength="${MAX_REASON_LENGTH}">${comment}</textarea>`;
}
