import { Big } from 'big.js';
import type { Correction } from '../../../core/model/approval.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import type { Language } from '../../../core/settings/settings.ts';
import type { LineColumn, VatColumn } from './invoice-fields.ts';
import { FIELDS, LINE_COLUMNS, VAT_COLUMNS } from './invoice-fields.ts';
import type { Messages } from '../../site/messages/index.ts';
import type { ValueKind } from './read-value.ts';
import { amountToType, readValue } from './read-value.ts';

/** Rows taken from one form; an invoice of more lines is no job for a screen. */
const MAX_ROWS = 500;

type Row<C extends string> = Record<C, string>;

/** The station's form as text, exactly as typed. Values by field path; rows of lines and of VAT. */
export type InvoiceForm = {
  fields: Record<string, string>;
  lines: Row<LineColumn>[];
  vat: Row<VatColumn>[];
};

/** An invoice as the station first shows it. */
export function invoiceToForm(invoice: Invoice, language: Language): InvoiceForm {
  const typed = (value: string | undefined, kind: ValueKind): string =>
    kind === 'amount' ? amountToType(value, language) : (value ?? '');
  return {
    fields: Object.fromEntries(FIELDS.map((spec) => [spec.path, typed(spec.get(invoice), spec.kind)])),
    lines: invoice.lines.map((line) => mapColumns(LINE_COLUMNS, (name, kind) => typed(line[name], kind))),
    vat: invoice.vatBreakdown.map((row) => mapColumns(VAT_COLUMNS, (name, kind) => typed(row[name], kind))),
  };
}

/** Picks the station's fields out of a posted form. */
export function formOf(form: FormData): InvoiceForm {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const rows = <C extends string>(prefix: string, columns: Record<C, ValueKind>): Row<C>[] => {
    const found: Row<C>[] = [];
    const [first = ''] = Object.keys(columns);
    while (found.length < MAX_ROWS && form.has(`${prefix}.${found.length}.${first}`)) {
      const row = found.length;
      found.push(mapColumns(columns, (name) => text(`${prefix}.${row}.${name}`)));
    }
    return found.filter((row) => Object.values<string>(row).some((value) => value.trim() !== ''));
  };
  return {
    fields: Object.fromEntries(FIELDS.map(({ path }) => [path, text(path)])),
    lines: rows('lines', LINE_COLUMNS),
    vat: rows('vat', VAT_COLUMNS),
  };
}

/** The corrected invoice with what was changed, or what is wrong, by field. */
export function readInvoiceForm(
  form: InvoiceForm,
  before: Invoice,
  text: Messages,
): { invoice: Invoice; corrections: Correction[]; wrong: ReadonlyMap<string, string> } {
  const invoice = structuredClone(before);
  const corrections: Correction[] = [];
  const wrong = new Map<string, string>();
  const read = (path: string, typed: string, kind: ValueKind, old: string | undefined): string | undefined => {
    const result = readValue(typed, kind);
    if (!result) {
      wrong.set(path, wordFor(kind, text));
      return old;
    }
    if (same(result.value, old, kind)) return old;
    corrections.push({ field: path, before: old, after: result.value });
    return result.value;
  };
  for (const spec of FIELDS) {
    spec.set(invoice, read(spec.path, form.fields[spec.path] ?? '', spec.kind, spec.get(before)));
  }
  invoice.lines = form.lines.map((row, i) => ({
    ...before.lines[i],
    ...mapColumns(LINE_COLUMNS, (name, kind) => read(`lines.${i}.${name}`, row[name], kind, before.lines[i]?.[name])),
  }));
  invoice.vatBreakdown = form.vat.flatMap((row, i) => {
    const old = before.vatBreakdown[i];
    const values = mapColumns(VAT_COLUMNS, (name, kind) => read(`vat.${i}.${name}`, row[name], kind, old?.[name]));
    const { rate, net, vat } = values;
    if (rate !== undefined && net !== undefined && vat !== undefined) return [{ rate, net, vat }];
    if (!wrong.has(`vat.${i}.net`)) wrong.set(`vat.${i}.rate`, text.station.wrong.rate);
    return [];
  });
  corrections.push(...removed('lines', before.lines, form.lines), ...removed('vat', before.vatBreakdown, form.vat));
  followGross(invoice, before, corrections);
  markCertain(invoice, corrections);
  return { invoice, corrections, wrong };
}

function mapColumns<C extends string, T>(
  columns: Record<C, ValueKind>,
  value: (name: C, kind: ValueKind) => T,
): Record<C, T> {
  const names = Object.keys(columns) as C[];
  return Object.fromEntries(names.map((name) => [name, value(name, columns[name])])) as Record<C, T>;
}

function wordFor(kind: ValueKind, text: Messages): string {
  return text.station.wrong[kind === 'id' ? 'text' : kind];
}

/** "100" and "100.00" are one amount: typing it another way is no correction. */
function same(a: string | undefined, b: string | undefined, kind: ValueKind): boolean {
  if (a === undefined || b === undefined || kind !== 'amount') return a === (b === '' ? undefined : b);
  return new Big(a).eq(b);
}

function removed(path: string, before: readonly object[], after: readonly object[]): Correction[] {
  return before.slice(after.length).map((row, i) => ({
    field: `${path}.${after.length + i}`,
    before: Object.values(row).filter(Boolean).join(' · '),
    after: undefined,
  }));
}

/** What is to be paid follows a corrected gross where the two were one amount before. */
function followGross(invoice: Invoice, before: Invoice, corrections: Correction[]): void {
  const { gross, payable } = before.totals;
  if (payable === undefined || payable !== gross || invoice.totals.gross === gross) return;
  invoice.totals.payable = invoice.totals.gross;
  corrections.push({ field: 'totals.payable', before: payable, after: invoice.totals.gross });
}

/** A person's word is certain; where it was read on the page stays known. */
function markCertain(invoice: Invoice, corrections: readonly Correction[]): void {
  for (const { field } of corrections) {
    const source = invoice.fields[field]?.source;
    invoice.fields[field] = source ? { confidence: 1, source } : { confidence: 1 };
  }
}
