import { Big } from 'big.js';
import { IsoDate } from '../../../core/model/invoice.ts';
import type { ColumnKind, TableDialect } from '../../../core/model/table.ts';
import type { SourceCell } from './source-row.ts';

/** The value of a cell, or why it has none. */
export type Typed = { value: string | boolean } | { fault: string };

type Dialect = Pick<TableDialect, 'decimal' | 'date'>;

const YES = new Set(['tak', 't', 'yes', 'y', 'true', 'prawda', '1', 'x']);
const NO = new Set(['nie', 'n', 'no', 'false', 'fałsz', '0', '']);
const SIGNS: Readonly<Record<string, string>> = { zł: 'PLN', '€': 'EUR', $: 'USD', '£': 'GBP' };
const BLANKS = /[\s\u00A0\u202F]/g;
/** Digits that a decimal of ours has at most, before and behind the point. */
const DECIMAL = /^-?\d{1,15}(\.\d{1,8})?$/;

/** Reads a cell as its column says; the empty cell is the empty text, whatever its kind, and false as yes or no. */
export function typed(cell: SourceCell, kind: ColumnKind, dialect: Dialect): Typed {
  if (cell.problem !== undefined) return { fault: cell.problem };
  if (kind === 'yesNo') return yesNo(cell.text);
  if (kind === 'text' || cell.text === '') return { value: cell.text };
  if (kind === 'date') return date(cell, dialect.date);
  if (kind === 'money') return money(cell, dialect);
  const number = decimal(cell, dialect);
  if ('fault' in number || kind === 'number') return number;
  return amount(number.value);
}

function yesNo(text: string): Typed {
  const word = text.toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : { fault: 'neither yes nor no' };
}

/** At least two places, as amounts are written. */
function amount(value: string): { value: string } {
  const places = value.split('.')[1]?.length ?? 0;
  return { value: places < 2 ? new Big(value).toFixed(2) : value };
}

function money(cell: SourceCell, dialect: Dialect): Typed {
  const [, before, number = '', after] =
    /^(\p{Sc}|\p{L}{2,3})?\s*(-?[\d\s.,\u00A0\u202F]+?)\s*(\p{Sc}|\p{L}{2,3})?$/u.exec(cell.text) ?? [];
  const unit = before ?? after ?? '';
  const currency = cell.currency ?? SIGNS[unit.toLowerCase()] ?? unit.toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) return { fault: 'no amount with a currency, such as 1234.50 PLN' };
  const read = decimal({ ...cell, text: number }, dialect);
  return 'fault' in read ? read : { value: `${amount(read.value).value} ${currency}` };
}

/** A decimal with a point. What may be read in two ways is a fault: nothing is guessed. */
function decimal(cell: SourceCell, { decimal: sign }: Dialect): { value: string } | { fault: string } {
  const wrong = { fault: 'no number' };
  if (cell.exact === 'date' || cell.exact === 'boolean') return wrong;
  if (cell.exact === 'number') return DECIMAL.test(cell.text) ? { value: cell.text } : wrong;
  const text = cell.text
    .replace(BLANKS, '')
    .replace(/^\((.*)\)$/, '-$1')
    .replace(/^−/, '-');
  const marks = text.replace(/[^.,]/g, '');
  const point = sign ?? pointOf(text, marks);
  if (point === undefined) return { fault: 'may be read in two ways: set dialect.decimal' };
  const group = point === '.' ? ',' : '.';
  if (marks.includes(group) && !new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d*)?$`).test(text)) return wrong;
  const plain = text.replaceAll(group, '').replace(point, '.').replace(/^\+/, '');
  return DECIMAL.test(plain) ? { value: plain } : wrong;
}

/** Which mark parts the places, where the text itself says so: of two kinds the last; of one kind, unless three digits follow. */
function pointOf(text: string, marks: string): '.' | ',' | undefined {
  const last = marks.at(-1);
  if (last === undefined) return '.';
  const mark = last === ',' ? ',' : '.';
  if (new Set(marks).size > 1) return mark;
  if (marks.length > 1) return mark === ',' ? '.' : ',';
  return /[.,]\d{3}$/.test(text) && !/^-?0[.,]/.test(text) ? undefined : mark;
}

function date({ text, exact }: SourceCell, pattern: string | undefined): Typed {
  const iso = exact === 'date' ? text : (byPattern(text, pattern) ?? text);
  if (IsoDate.safeParse(iso).success) return { value: iso };
  return { fault: `no date; dates are ${pattern ?? '2026-11-03 or 03.11.2026, others need dialect.date'}` };
}

const TIME = /[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

function byPattern(written: string, pattern: string | undefined): string | undefined {
  const text = written.replace(TIME, '');
  if (pattern === undefined) {
    const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
    return year ? iso(year, month, day) : text;
  }
  const source = pattern
    .replace(/[.\\/]/g, '\\$&')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace('YY', '(?<year>\\d{2})')
    .replace('MM', '(?<month>\\d{1,2})')
    .replace('DD', '(?<day>\\d{1,2})');
  const { year, month, day } = new RegExp(`^${source}$`).exec(text)?.groups ?? {};
  return year && iso(year.length === 2 ? `20${year}` : year, month, day);
}

function iso(year: string, month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
