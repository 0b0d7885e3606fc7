import { Big } from 'big.js';
import { z } from 'zod';
import { formatAmount, formatDate } from '../messages/format.ts';
import type { Language } from '../settings/settings.ts';
import type { Column, Field } from './field.ts';
import type { FieldMessages } from './messages.ts';

/** Longest address that a mail server takes (RFC 5321, section 4.5.3.1.3). */
const MAX_ADDRESS = 254;

/** What a field came to: a value, nothing, or why it cannot be taken. */
export type Read = { value?: unknown; problem?: string };
/** The texts of one field: the main one by '', its parts by their name, such as `currency`, `from`, `to`. */
export type Parts = (part?: string) => string;
export type Reading = { messages: FieldMessages; language: Language };

type Single = Exclude<Field, { kind: 'file' | 'table' }>;

/** Reads one field from what was typed. Texts are trimmed before; an empty one is no value. */
export function readCell(field: Single | Column, parts: Parts, { messages, language }: Reading): Read {
  const typed = parts();
  if (field.kind === 'period') return readPeriod(field, parts, { messages, language });
  if (typed === '') return {};
  if (field.kind === 'text' || field.kind === 'long-text') {
    return typed.length > field.maxLength ? { problem: messages.tooLong(field.maxLength) } : { value: typed };
  }
  if (field.kind === 'number') return readNumber(field, typed, messages);
  if (field.kind === 'money')
    return readMoney(field, typed, parts('currency') || (field.currencies[0] ?? ''), { messages, language });
  if (field.kind === 'date') return readDate(field, typed, { messages, language });
  if (field.kind === 'yes-no') return { value: typed === 'yes' };
  if (field.kind === 'choice')
    return optionsOf(field).includes(typed) ? { value: typed } : { problem: messages.choose };
  const isAddress = typed.length <= MAX_ADDRESS && z.email().safeParse(typed).success;
  return isAddress ? { value: typed.toLowerCase() } : { problem: messages.person };
}

/** Values of a choice. */
export function optionsOf({ options }: Pick<Extract<Field, { kind: 'choice' }>, 'options'>): string[] {
  return options.map((option) => (typeof option === 'string' ? option : option.value));
}

type NumberField = Extract<Field, { kind: 'number' }> | Extract<Column, { kind: 'number' }>;

function readNumber({ decimals, min, max }: NumberField, typed: string, messages: FieldMessages): Read {
  const plain = decimalOf(typed);
  if (plain === undefined) return { problem: messages.number };
  if ((plain.split('.')[1] ?? '').length > decimals) return { problem: messages.decimals(decimals) };
  const value = Number(plain);
  if (min !== undefined && value < min) return { problem: messages.atLeast(String(min)) };
  if (max !== undefined && value > max) return { problem: messages.atMost(String(max)) };
  return { value };
}

type MoneyField = Extract<Field, { kind: 'money' }> | Extract<Column, { kind: 'money' }>;

/** Money as definitions write it: "1234.50 PLN". */
function readMoney(
  { currencies, min, max }: MoneyField,
  typed: string,
  currency: string,
  { messages, language }: Reading,
): Read {
  const plain = decimalOf(typed);
  if (plain === undefined || (plain.split('.')[1] ?? '').length > MINOR_DIGITS) return { problem: messages.money };
  if (!currencies.includes(currency)) return { problem: messages.currency };
  const amount = new Big(plain);
  if (min !== undefined && amount.lt(min)) return { problem: messages.atLeast(formatAmount(min, language)) };
  if (max !== undefined && amount.gt(max)) return { problem: messages.atMost(formatAmount(max, language)) };
  return { value: `${amount.toFixed(MINOR_DIGITS)} ${currency}` };
}

/** Digits behind the point of an amount that a person types. */
const MINOR_DIGITS = 2;

/** `1 234,50`, `1,234.50`, `-3`, `0.125` as a decimal with a point; undefined for anything else. */
function decimalOf(typed: string): string | undefined {
  const bare = typed.replace(/[\s\u00A0\u202F]/g, '').replace('−', '-');
  const plain = /,\d{3}(,\d{3})*\.\d+$/.test(bare)
    ? bare.replaceAll(',', '')
    : bare.replace(/\.(?=\d{3}(\.|,))/g, '').replace(',', '.');
  return /^-?\d{1,15}(\.\d{1,8})?$/.test(plain) ? plain : undefined;
}

type Days = { min?: string | undefined; max?: string | undefined };

function readDate({ min, max }: Days, typed: string, { messages, language }: Reading): Read {
  if (!z.iso.date().safeParse(typed).success) return { problem: messages.date };
  if (min !== undefined && typed < min) return { problem: messages.atLeast(formatDate(min, language)) };
  if (max !== undefined && typed > max) return { problem: messages.atMost(formatDate(max, language)) };
  return { value: typed };
}

/** First and last day, as ISO 8601 writes an interval: "2026-12-24/2026-12-31". */
function readPeriod(field: Days, parts: Parts, reading: Reading): Read {
  const [from, to] = [parts('from'), parts('to')];
  if (from === '' && to === '') return {};
  if (from === '' || to === '') return { problem: reading.messages.period };
  const problem = readDate(field, from, reading).problem ?? readDate(field, to, reading).problem;
  if (problem) return { problem };
  return from > to ? { problem: reading.messages.backwards } : { value: `${from}/${to}` };
}
