import { Amount, Currency } from '../../../core/model/money.ts';
import { IsoDate } from '../../../core/model/invoice.ts';

/** How a field of the station is written. */
export type ValueKind = 'text' | 'date' | 'amount' | 'currency' | 'id';

/** Longer than any name or address on an invoice. */
const MAX_TEXT = 500;
/** Day, month, year, as Polish and German documents write it. */
const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/**
 * Reads what a person typed, or undefined when it cannot be such a value. Empty text is no value, and fine:
 * `{ value: undefined }`.
 */
export function readValue(typed: string, kind: ValueKind): { value: string | undefined } | undefined {
  const text = typed.trim();
  if (text === '') return { value: undefined };
  const value = readers[kind](text);
  return value === undefined ? undefined : { value };
}

const readers: Record<ValueKind, (text: string) => string | undefined> = {
  text: (text) => (text.length <= MAX_TEXT ? text : undefined),
  id: (text) => (text.length <= MAX_TEXT ? text.replace(/[\s-]/g, '').toUpperCase() : undefined),
  currency: (text) => accepted(Currency.safeParse(text.toUpperCase())),
  date: (text) => {
    const [, day = '', month = '', year = ''] = DAY_FIRST.exec(text) ?? [];
    return accepted(IsoDate.safeParse(year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text));
  },
  amount: (text) => accepted(Amount.safeParse(plainAmount(text))),
};

function accepted(parsed: { success: boolean; data?: string | undefined }): string | undefined {
  return parsed.success ? parsed.data : undefined;
}

/** Digits with at most one sign before the decimals. */
const DECIMAL = /^(-?\d+)(?:[.,](\d{1,8}))?$/;
/** Thousands in groups by one sign, decimals after the other. */
const GROUPED = /^(-?\d{1,3})([.,])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,8}))?$/;

/** "1 234,56", "1.234,56", "1,234.56" and "1234.56" are the same. One sign alone is the decimal one: "1,234" is 1.234. */
function plainAmount(text: string): string {
  const bare = text.replace(/[\s\u00A0\u202F']/g, '');
  const [, whole = '', decimals] = DECIMAL.exec(bare) ?? [];
  if (whole) return decimals === undefined ? whole : `${whole}.${decimals}`;
  const [, first = '', , groups = '', cents] = GROUPED.exec(bare) ?? [];
  const digits = first + groups.replaceAll(/[.,]/g, '');
  return cents === undefined ? digits : `${digits}.${cents}`;
}

/** How an amount stands in its field: with the decimal sign of the language, without groups, ready to be typed over. */
export function amountToType(amount: string | undefined, language: 'pl' | 'en'): string {
  if (amount === undefined) return '';
  return language === 'pl' ? amount.replace('.', ',') : amount;
}
