import { html } from 'hono/html';
import type { Column, Field } from '../../core/fields/field.ts';
import type { Typed } from '../../core/fields/read.ts';
import { labelText } from '../../core/messages/fact-texts.ts';
import type { Html, View } from './layout.ts';

/** Names of controls that belong to fields begin so: the others are the page's own. */
export const PREFIX = 'f.';

type Control = { typed: Typed; key: string; id: string; described: Html; view: View };
type Cell = Exclude<Field, { kind: 'file' | 'table' }> | Column;

/** The control of one field or cell, filled with what was typed, else with the default. */
export function cellControl(field: Cell, name: string, control: Control): Html {
  const { typed, key, id, described } = control;
  const value = typed[key] ?? ('default' in field && field.default !== undefined ? String(field.default) : '');
  const common = html`id="${id}" name="${name}" ${required(field.required)} ${described}`;
  if (field.kind === 'text') return html`<input ${common} value="${value}" maxlength="${field.maxLength}" />`;
  if (field.kind === 'long-text') return longText(value, common, field.maxLength);
  if (field.kind === 'number') {
    const mode = field.decimals === 0 && (field.min ?? -1) >= 0 ? 'numeric' : 'decimal';
    return html`<input ${common} value="${value}" inputmode="${mode}" autocomplete="off" />`;
  }
  if (field.kind === 'money') return money(field.currencies, value, common, name, control);
  if (field.kind === 'date') return html`<input ${common} type="date" value="${value}" ${days(field)} />`;
  if (field.kind === 'period') return period(field, name, control);
  if (field.kind === 'yes-no') return yesNo(field, name, control);
  if (field.kind === 'choice') return choice(field, value, common, control.view);
  return html`<input ${common} type="email" value="${value}" autocomplete="email" />`;
}

/** Told to browsers that check before sending, and to screen readers. */
export function required(is: boolean): Html {
  return is ? html`required` : html``;
}

function longText(value: string, common: Html, most: number): Html {
  // Blanks inside a textarea are its text: the formatter must not add any.
  // prettier-ignore
  return html`<textarea ${common} rows="4" maxlength="${most}">${value}</textarea>`;
}

function money(
  currencies: readonly string[],
  value: string,
  common: Html,
  name: string,
  { typed, key, view }: Control,
): Html {
  const chosen = typed[`${key}.currency`] ?? currencies[0];
  const currency =
    currencies.length === 1
      ? html`<span class="currency">${currencies[0]}</span>`
      : html`<select name="${name}.currency" aria-label="${view.text.fields.currency}">
          ${currencies.map((code) => html`<option ${code === chosen ? html`selected` : ''}>${code}</option>`)}
        </select>`;
  return html`<span class="money-field"
    ><input ${common} value="${value}" inputmode="decimal" autocomplete="off" />${currency}</span
  >`;
}

type Days = { min?: string | undefined; max?: string | undefined };

function days({ min, max }: Days): Html {
  return html`${min === undefined ? '' : html`min="${min}"`} ${max === undefined ? '' : html`max="${max}"`}`;
}

function period(field: Days & { required: boolean }, name: string, { typed, key, view }: Control): Html {
  const part = (which: 'from' | 'to'): Html =>
    html`<span class="cell"
      ><label for="${name}.${which}">${view.text.fields[which]}</label
      ><input
        id="${name}.${which}"
        name="${name}.${which}"
        type="date"
        value="${typed[`${key}.${which}`] ?? ''}"
        ${days(field)}
        ${required(field.required)}
    /></span>`;
  return html`<span class="from-to">${part('from')}${part('to')}</span>`;
}

function yesNo(field: Extract<Cell, { kind: 'yes-no' }>, name: string, { typed, key, view }: Control): Html {
  const { yes, no } = view.text.fields;
  const fallback = field.default === undefined ? '' : field.default ? 'yes' : 'no';
  const chosen = typed[key] ?? fallback;
  const radio = (value: string, label: string): Html =>
    html`<label
      ><input
        type="radio"
        name="${name}"
        value="${value}"
        ${chosen === value ? html`checked` : ''}
        ${required(field.required)}
      />
      ${label}</label
    >`;
  return html`<span class="yes-no">${radio('yes', yes)}${radio('no', no)}</span>`;
}

function choice(field: Extract<Cell, { kind: 'choice' }>, value: string, common: Html, view: View): Html {
  const options = field.options.map((option) =>
    typeof option === 'string'
      ? { value: option, label: option }
      : { value: option.value, label: labelText(option.label, view.language) },
  );
  return html`<select ${common}>
    <option value="">${view.text.fields.choose}</option>
    ${options.map((option) => html`<option value="${option.value}" ${option.value === value ? html`selected` : ''}>${option.label}</option>`)}
  </select>`;
}
