import { Big } from 'big.js';
import { applicationException } from '../../../core/model/problem.ts';

/** Dates and decimals as Tryton's JSON writes them (trytond/protocols/jsonrpc.py). */
export type TrytonDate = { __class__: 'date'; year: number; month: number; day: number };
export type TrytonDecimal = { __class__: 'Decimal'; decimal: string };

/** ISO 8601 to Tryton. */
export function toDate(iso: string): TrytonDate {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return { __class__: 'date', year, month, day };
}

export function toDecimal(amount: string | Big): TrytonDecimal {
  return { __class__: 'Decimal', decimal: new Big(amount).toFixed(2) };
}

/** One record as it came over the wire; its fields are read by the functions below, which name what is amiss. */
export type TrytonRecord = Readonly<Record<string, unknown>>;

export function idOf(record: TrytonRecord): number {
  return numberOf(record, 'id');
}

export function numberOf(record: TrytonRecord, field: string): number {
  const value = record[field];
  if (typeof value === 'number') return value;
  throw strange(field, value);
}

/** Text, or the empty one where there is none. */
export function textOf(record: TrytonRecord, field: string): string {
  const value = record[field];
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  throw strange(field, value);
}

/** A decimal string with two places. */
export function amountOf(record: TrytonRecord, field: string): string {
  const value = record[field];
  if (isTyped(value, 'Decimal') && 'decimal' in value && typeof value.decimal === 'string') {
    return new Big(value.decimal).toFixed(2);
  }
  throw strange(field, value);
}

/** ISO 8601, or the empty text. */
export function dateOf(record: TrytonRecord, field: string): string {
  const value = record[field];
  if (value === null || value === undefined) return '';
  if (!isTyped(value, 'date')) throw strange(field, value);
  const { year, month, day } = value as TrytonDate;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

/** A field of the record that this one points at: `currency.code` comes as `{ 'currency.': { code } }`. */
export function related(record: TrytonRecord, path: string): string {
  const [name = '', field = ''] = path.split('.');
  const inner = record[`${name}.`];
  return isRecord(inner) ? textOf(inner, field) : '';
}

export function isRecord(value: unknown): value is TrytonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTyped(value: unknown, name: string): value is TrytonRecord {
  return isRecord(value) && value['__class__'] === name;
}

function strange(field: string, value: unknown): Error {
  const detail = `Tryton gives ${JSON.stringify(value)} for "${field}"; is it a version that this driver knows?`;
  return applicationException('runtime', detail, { retryable: false });
}
