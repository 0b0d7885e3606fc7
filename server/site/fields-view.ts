import { html } from 'hono/html';
import type { Column, Field, FieldOf } from '../../core/fields/field.ts';
import { optionLabel } from '../../core/fields/option-label.ts';
import type { Typed } from '../../core/fields/read.ts';
import { labelText } from '../../core/messages/fact-texts.ts';
import type { Artefact } from '../../core/model/artefact.ts';
import type { Label } from '../../core/model/subject.ts';
import { cellControl, PREFIX, required } from './fields-controls.ts';
import type { Html, View } from './layout.ts';
import { outside } from './layout.ts';

/** What a form of fields shows: what was typed, what is wrong with it, and the files that came with it before. */
export type FieldsState = {
  typed: Typed;
  problems: ReadonlyMap<string, string>;
  files: Readonly<Record<string, readonly Artefact[]>>;
  /** The table of which the person has asked for more rows. */
  more?: string | undefined;
};

/** Empty rows at the end of a table of fields: where the person goes on typing. */
const SPARE_ROWS = 2;
const MORE_ROWS = 6;

/** The fields of a form, the same wherever they are asked. Without scripts, phone first; errors stand beside their field. */
export function fieldsView(fields: readonly Field[], state: FieldsState, view: View): Html {
  return html`<div class="fields">${fields.map((field) => fieldView(field, fields, state, view))}</div>`;
}

function fieldView(field: Field, fields: readonly Field[], state: FieldsState, view: View): Html {
  const { when } = field;
  const condition = when
    ? html`data-when="${PREFIX}${when.field}" data-is="${JSON.stringify([when.is].flat().map(typedAs))}"`
    : '';
  const inner =
    field.kind === 'table'
      ? tableView(field, state, view)
      : field.kind === 'file'
        ? fileView(field, state, view)
        : controlView(field, state, view);
  return html`<div class="field kind-${field.kind}" ${condition}>${onlyIf(field, fields, view)}${inner}</div>`;
}

/** How a value is typed in its control. */
function typedAs(value: string | boolean): string {
  return typeof value === 'string' ? value : value ? 'yes' : '';
}

/** Says, to whom no script hides the field, when it counts. */
function onlyIf({ when }: Field, fields: readonly Field[], view: View): Html {
  const asked = when && fields.find(({ name }) => name === when.field);
  if (!asked) return html``;
  const { fields: text } = view.text;
  const values = [when.is].flat().map((value) => {
    if (typeof value === 'boolean') return value ? text.yes : text.no;
    return asked.kind === 'choice' ? optionLabel(asked.options, value, view.language) : value;
  });
  return html`<p class="only-if soft" data-noscript>
    ${outside(text.onlyIf(labelText(asked.label, view.language), values.join(', ')))}
  </p>`;
}

type Single = Exclude<Field, { kind: 'file' | 'table' }>;

function controlView(field: Single, state: FieldsState, view: View): Html {
  const problem = state.problems.get(field.name);
  const name = PREFIX + field.name;
  const ids = { id: name, described: describedBy(field, name, problem !== undefined) };
  const control = cellControl(field, name, { typed: state.typed, key: field.name, ...ids, view });
  if (field.kind === 'period' || field.kind === 'yes-no') {
    return html`<fieldset ${ids.described}>
      <legend>${labelOf(field, view)}</legend>
      ${helpOf(field.help, name, view)}${problemOf(problem, name)}${control}
    </fieldset>`;
  }
  return html`<label for="${name}">${labelOf(field, view)}</label>
    ${helpOf(field.help, name, view)}${problemOf(problem, name)}${control}`;
}

function labelOf(field: { label: Label; required: boolean }, view: View): Html {
  const label = outside(labelText(field.label, view.language));
  return field.required ? label : html`${label} <span class="soft">${view.text.fields.optional}</span>`;
}

function helpOf(help: Label | undefined, name: string, view: View): Html {
  return help === undefined
    ? html``
    : html`<p class="soft" id="h-${name}">${outside(labelText(help, view.language))}</p>`;
}

function problemOf(problem: string | undefined, name: string): Html {
  return problem === undefined ? html`` : html`<p class="wrong" id="e-${name}">${problem}</p>`;
}

function describedBy({ help }: { help?: Label | undefined }, name: string, wrong: boolean): Html {
  const ids = [...(help === undefined ? [] : [`h-${name}`]), ...(wrong ? [`e-${name}`] : [])];
  return html`${ids.length > 0 ? html`aria-describedby="${ids.join(' ')}"` : ''}
  ${wrong ? html`aria-invalid="true"` : ''}`;
}

/** Files that came before stay unless they are taken out: a browser never sends a file twice by itself. */
function fileView(field: FieldOf<'file'>, { files, problems }: FieldsState, view: View): Html {
  const { fields: text } = view.text;
  const name = PREFIX + field.name;
  const problem = problems.get(field.name);
  const kept = files[field.name] ?? [];
  const most = field.maxFiles === 1 ? '' : html`multiple`;
  return html`<label for="${name}">${labelOf(field, view)}</label>
    ${helpOf(field.help, name, view)}${problemOf(problem, name)}
    ${kept.map(
      (file, i) =>
        html`<p class="kept">
          <label
            ><input type="checkbox" name="drop.${field.name}" value="${i}" /> ${outside(text.takeOut(file.name))}</label
          >
        </p>`,
    )}
    <input
      id="${name}"
      type="file"
      name="${name}"
      accept="${field.accept.join(',')}"
      ${most}
      ${required(field.required && kept.length === 0)}
      ${describedBy(field, name, problem !== undefined)}
    />`;
}

function tableView(field: FieldOf<'table'>, state: FieldsState, view: View): Html {
  const { fields: text } = view.text;
  const name = PREFIX + field.name;
  const problem = state.problems.get(field.name);
  const filled = Array.from({ length: field.maxRows }, (_, i) => i).filter((i) =>
    field.columns.some(({ name: column }) => (state.typed[`${field.name}.${i}.${column}`] ?? '').trim() !== ''),
  );
  const spare = state.more === field.name ? MORE_ROWS : SPARE_ROWS;
  const shown = Math.min(field.maxRows, (filled.at(-1) ?? -1) + 1 + spare);
  return html`<fieldset class="rows-of-fields" ${describedBy(field, name, problem !== undefined)}>
    <legend>${labelOf(field, view)}</legend>
    ${helpOf(field.help, name, view)}${problemOf(problem, name)}
    ${Array.from({ length: shown }, (_, i) => rowView(field, i, state, view))}
    ${shown < field.maxRows ? html`<button class="quiet" name="more" value="${field.name}" formnovalidate>${text.moreRows}</button>` : ''}
  </fieldset>`;
}

function rowView(field: FieldOf<'table'>, row: number, state: FieldsState, view: View): Html {
  return html`<fieldset class="row">
    <legend class="visually-hidden">${view.text.fields.row(row + 1)}</legend>
    ${field.columns.map((column) => columnView(column, `${field.name}.${row}.${column.name}`, state, view))}
  </fieldset>`;
}

function columnView(column: Column, key: string, { typed, problems }: FieldsState, view: View): Html {
  const name = PREFIX + key;
  const problem = problems.get(key);
  const described = describedBy(column, name, problem !== undefined);
  // Only a row that is begun has to be filled in: the server says which.
  const cell = cellControl({ ...column, required: false }, name, { typed, key, id: name, described, view });
  return html`<div class="cell">
    <label for="${name}">${outside(labelText(column.label, view.language))}</label>${problemOf(problem, name)}${cell}
  </div>`;
}
