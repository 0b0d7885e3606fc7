import { html } from 'hono/html';
import { invoiceOf } from '../../../core/model/about.ts';
import type { Invoice, Reading } from '../../../core/model/invoice.ts';
import type { ApprovalRow } from '../../../store/approvals.ts';
import type { FieldSpec, LineColumn, VatColumn } from './invoice-fields.ts';
import { LINE_COLUMNS, VAT_COLUMNS } from './invoice-fields.ts';
import type { InvoiceForm } from './invoice-form.ts';
import type { View } from '../../site/layout.ts';
import type { Html } from '../../site/layout.ts';
import { outside } from '../../site/layout.ts';

/** From here up a value is as good as typed by a person. */
const SURE = 0.95;
/** Below this a person should look first. */
const LIKELY = 0.8;

type Confidence = 'sure' | 'likely' | 'unsure' | 'missing' | 'repaired';
type Wrong = ReadonlyMap<string, string>;

/** How sure the reader was of a field. A value that no reading explains, as from an e-invoice, is certain. */
export function confidenceOf(value: string | undefined, reading: Reading | undefined): Confidence {
  if (value === undefined || value === '') return 'missing';
  if (!reading) return 'sure';
  if (reading.repaired) return 'repaired';
  return reading.confidence >= SURE ? 'sure' : reading.confidence >= LIKELY ? 'likely' : 'unsure';
}

/** One field: label, value, how sure in colour and in words, and other readings to choose from. */
export function fieldRow(
  spec: FieldSpec,
  form: InvoiceForm,
  approval: Pick<ApprovalRow, 'about' | 'findings'>,
  wrong: Wrong,
  view: View,
): Html {
  const { text } = view;
  const invoice = invoiceOf(approval.about);
  const reading = invoice.fields[spec.path];
  const confidence = confidenceOf(spec.get(invoice), reading);
  const word = text.station.confidence[confidence];
  const percent = reading && confidence !== 'missing' ? Math.round(reading.confidence * 100) : undefined;
  const problem = wrong.get(spec.path);
  const id = `f-${spec.path}`;
  return html`<div class="field ${confidence}${problem ? ' wrong' : ''}" data-path="${spec.path}">
    <label for="${id}">${text.station.fields[spec.path]}</label>
    <input
      id="${id}"
      name="${spec.path}"
      value="${form.fields[spec.path] ?? ''}"
      autocomplete="off"
      spellcheck="false"
      ${inputMode(spec.kind)}
      aria-describedby="${id}-sure"
      ${problem ? html` aria-invalid="true"` : ''}
    />
    <span class="confidence" id="${id}-sure"
      >${percent === undefined ? word : text.station.confidenceOf(word, percent)}${problem ? html`<span class="why">${problem}</span>` : ''}</span
    >
    ${alternatives(reading, id, view)}
  </div>`;
}

function inputMode(kind: FieldSpec['kind']): Html {
  return kind === 'amount' ? html`inputmode="decimal" class="number"` : html``;
}

/** Buttons do nothing without scripts, so the script shows them; Alt and a number choose one from the keyboard. */
function alternatives(reading: Reading | undefined, id: string, view: View): Html {
  if (!reading?.alternatives || reading.alternatives.length === 0) return html``;
  return html`<div class="alternatives" hidden>
    <span>${view.text.station.alternatives}</span>${reading.alternatives.map(
      (value, index) =>
        html`<button type="button" tabindex="-1" data-for="${id}" data-value="${value}">
          <kbd>Alt+${index + 1}</kbd> ${outside(value)}
        </button>`,
    )}
  </div>`;
}

/** Invoice lines to correct. A row left empty is taken away; the last one is for a further line. */
export function lineRows(form: InvoiceForm, invoice: Invoice, wrong: Wrong, view: View): Html {
  const names = view.text.lines;
  const labels: Record<LineColumn, string> = {
    name: names.name,
    quantity: names.quantity,
    unit: names.unit,
    unitPrice: names.unitPrice,
    net: names.net,
    vatRate: names.rate,
  };
  return grid('lines', names.heading, LINE_COLUMNS, labels, form.lines, invoice, wrong, view);
}

/** The VAT breakdown to correct. */
export function vatRows(form: InvoiceForm, invoice: Invoice, wrong: Wrong, view: View): Html {
  const labels: Record<VatColumn, string> = view.text.vat;
  return grid('vat', view.text.vat.heading, VAT_COLUMNS, labels, form.vat, invoice, wrong, view);
}

function grid<C extends string>(
  prefix: 'lines' | 'vat',
  heading: string,
  columns: Record<C, string>,
  labels: Record<C, string>,
  rows: readonly Record<C, string>[],
  invoice: Invoice,
  wrong: Wrong,
  view: View,
): Html {
  const names = Object.keys(columns) as C[];
  const cell = (name: C, row: number, value: string): Html => {
    const path = `${prefix}.${row}.${name}`;
    const problem = wrong.get(path);
    return html`<td class="col-${columns[name]}${problem ? ' wrong' : ''}">
      <input
        name="${path}"
        value="${value}"
        aria-label="${labels[name]}, ${view.text.station.line(row + 1)}"
        autocomplete="off"
        ${columns[name] === 'amount' ? html` inputmode="decimal" class="number"` : ''}${problem ? html` aria-invalid="true" aria-describedby="w-${path}"` : ''}
      />${problem ? html`<span class="why" id="w-${path}">${problem}</span>` : ''}
    </td>`;
  };
  const line = (values: Record<C, string> | undefined, row: number): Html =>
    html`<tr>
      ${names.map((name) => cell(name, row, values?.[name] ?? ''))}
    </tr>`;
  return html`<fieldset class="grid ${prefix}">
    <legend>${heading}</legend>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            ${names.map((name) => html`<th scope="col" class="col-${columns[name]}">${labels[name]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((values, row) => line(values, row))}${line(undefined, rows.length)}
        </tbody>
      </table>
    </div>
    <p class="soft hint">${view.text.station.addLine}</p>
  </fieldset>`;
}
