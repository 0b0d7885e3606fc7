import { Big } from 'big.js';
import type { CellValue } from 'exceljs';
import { MAX_CELL_CHARS } from './limits.ts';

export type RowValue = string | number | boolean | null;
export type ColumnKind = 'text' | 'amount' | 'number' | 'date';
export type CellContent = { value: CellValue; format?: string };

export const FORMATS = { amount: '#,##0.00', number: 'General', date: 'yyyy-mm-dd', text: '@' } as const;

/** Amounts carry their two decimals; a bare run of digits is a number of something (an invoice, a tax payer). */
const AMOUNT = /^-?(0|[1-9]\d{0,14})\.\d{2}$/;
const DECIMAL = /^-?(0|[1-9]\d{0,14})(\.\d{1,8})?$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Excel keeps 15 significant digits of a number (IEEE 754 double, shortened). */
const SIGNIFICANT_DIGITS = 15;
/** Excel's calendar has a 29 February 1900; from the day after it, all programs agree. */
const FIRST_SAFE_DAY = '1900-03-01';
/** Characters that XML 1.0 cannot carry. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;

/**
 * What to write into a cell. Amounts and dates become numbers with a format where that is exact; every other string
 * stays a string, in the cell format "Text", so that neither Excel nor a person who edits the cell makes a formula of
 * `=1+1`. `kind` overrules what the value looks like.
 */
export function cellContent(value: RowValue, kind?: ColumnKind): CellContent {
  if (value === null || value === '') return { value: null };
  if (typeof value === 'boolean') return { value };
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : text(String(value));
  if (kind === 'text') return text(value);
  if (kind === 'amount' || kind === 'number' ? DECIMAL.test(value) : kind === undefined && AMOUNT.test(value)) {
    return isExact(value) ? { value: Number(value), format: amountFormat(value, kind) } : text(value);
  }
  return isSafeDay(value) ? { value: new Date(`${value}T00:00:00Z`), format: FORMATS.date } : text(value);
}

/** True for text that a spreadsheet would take for a formula if a person typed it (OWASP, "CSV Injection"). */
export function startsLikeFormula(value: unknown): boolean {
  return typeof value === 'string' && /^[=+\-@\t\r\n]/.test(value);
}

function amountFormat(value: string, kind: ColumnKind | undefined): string {
  if (kind === 'number') return FORMATS.number;
  const digits = value.split('.')[1]?.length ?? 0;
  return digits > 2 ? `${FORMATS.amount}${'0'.repeat(digits - 2)}` : FORMATS.amount;
}

/** True when the number that Excel keeps shows the very digits that were given. */
function isExact(decimal: string): boolean {
  const digits = decimal.replace(/^-?0*\.?0*|\./g, '').length;
  return digits <= SIGNIFICANT_DIGITS && new Big(String(Number(decimal))).eq(decimal);
}

function isSafeDay(value: string): boolean {
  if (!ISO_DATE.test(value) || value < FIRST_SAFE_DAY) return false;
  const midnight = new Date(`${value}T00:00:00Z`);
  // 30 February is read as 2 March: only a day that comes back is one.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value);
}

function text(value: string): CellContent {
  const clean = value.toWellFormed().replace(/\r\n?/g, '\n').replace(NOT_XML, '');
  return {
    value: clean.length > MAX_CELL_CHARS ? `${clean.slice(0, MAX_CELL_CHARS - 1)}…` : clean,
    format: FORMATS.text,
  };
}
