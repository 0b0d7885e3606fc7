import { Big } from 'big.js';
import type { Formats, Parameter } from '../../../core/forms/form.ts';
import { businessException } from '../../../core/model/problem.ts';

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Two-digit years of a target mean the current century; it has no invoices of another. */
const CENTURY = '20';
const AMOUNT_DIGITS = 2;

type ValueType = Parameter['type'];

/** Writes a value as the target wants it. Dates come as ISO 8601, amounts as decimal strings. */
export function formatValue(value: unknown, type: ValueType, formats: Formats): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return '';
  if (type === 'date') return formatDate(text, formats.date);
  if (type === 'amount') return formatAmount(text, formats);
  if (type === 'number') return text.replace('.', formats.decimal);
  return text;
}

/** Reads what the target shows back into ISO 8601 or a decimal string; text that is neither stays as it is. */
export function parseValue(text: string, type: ValueType, formats: Formats): string {
  const trimmed = text.replace(/\s+/g, ' ').trim();
  if (type === 'date') return parseDate(trimmed, formats.date) ?? trimmed;
  if (type === 'amount' || type === 'number') return parseAmount(trimmed, formats) ?? trimmed;
  return trimmed;
}

function formatDate(iso: string, pattern: string): string {
  const [, year = '', month = '', day = ''] = ISO_DATE.exec(iso) ?? [];
  if (year === '') throw businessException('bad-date', `"${iso}" is not a date; write YYYY-MM-DD`);
  const withYear = pattern.includes('YYYY') ? pattern.replace('YYYY', year) : pattern.replace('YY', year.slice(2));
  return withYear.replace('MM', month).replace('DD', day);
}

function parseDate(text: string, pattern: string): string | undefined {
  const source = pattern
    .replace(/[./-]/g, '\\$&')
    .replace(/YYYY|YY/, (years) => (years === 'YYYY' ? '(?<y>\\d{4})' : '(?<y>\\d{2})'))
    .replace('MM', '(?<m>\\d{2})')
    .replace('DD', '(?<d>\\d{2})');
  const groups = new RegExp(`^${source}$`).exec(text)?.groups;
  if (!groups) return undefined;
  const { y = '', m = '', d = '' } = groups;
  return `${y.length === 2 ? CENTURY : ''}${y}-${m}-${d}`;
}

function formatAmount(amount: string, formats: Formats): string {
  const value = decimal(amount);
  if (!value) throw businessException('bad-amount', `"${amount}" is not an amount; write it with a point, as 1234.56`);
  const [whole = '', fraction = ''] = value.toFixed(Math.max(AMOUNT_DIGITS, digitsOf(amount))).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, formats.thousands);
  return `${grouped}${formats.decimal}${fraction}`;
}

function parseAmount(text: string, formats: Formats): string | undefined {
  const separators = formats.decimal === ',' ? /[ '.\u00a0\u202f]/g : /[ ',\u00a0\u202f]/g;
  const value = decimal(text.replace(separators, '').replace(formats.decimal, '.'));
  return value?.toFixed(Math.max(AMOUNT_DIGITS, value.c.length - 1 - value.e));
}

const digitsOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;

function decimal(text: string): Big | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? new Big(text) : undefined;
}
