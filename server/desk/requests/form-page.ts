import { html } from 'hono/html';
import { labelText } from '../../../core/messages/fact-texts.ts';
import type { FieldsState } from '../../site/fields-view.ts';
import { fieldsView } from '../../site/fields-view.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';
import type { DeskView } from '../frame.ts';
import { csrfField, deskPage } from '../frame.ts';
import type { StartForm } from './forms.ts';

export type FormState = FieldsState & {
  /** Names this filling-in: what carries it is handed in once. */
  submission: string;
  restored: boolean;
  problem?: string | undefined;
};

/** The page on which a person fills in a start form. */
export function formPage(view: DeskView, { department, form, fields }: StartForm, state: FormState): Html {
  const { requests } = view.desk;
  const action = `/f/${department}/${form}`;
  const { title, text, submit, fields: asked } = fields;
  const body = html`<form
    method="post"
    action="${action}"
    enctype="multipart/form-data"
    class="sheet request-form"
    data-draft="${action}/draft"
  >
    ${text === undefined ? '' : html`<p>${outside(labelText(text, view.language))}</p>`} ${csrfField(view)}<input
      type="hidden"
      name="submission"
      value="${state.submission}"
    />
    ${fieldsView(asked, state, view)}
    <button class="primary">${submit === undefined ? requests.send : labelText(submit, view.language)}</button>
    <p class="soft" role="status" data-saved="${requests.saved}" data-unsaved="${requests.unsaved}"></p>
  </form>`;
  return deskPage(view, {
    title: labelText(title, view.language),
    here: 'requests',
    body,
    notice: state.restored ? requests.restored : undefined,
    problem: state.problem,
    styles: ['fields.css'],
    scripts: ['fields.js'],
  });
}
