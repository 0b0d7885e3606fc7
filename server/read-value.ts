import { Amount, Currency } from '../definitions/model/money.ts';
import { IsoDate } from '../definitions/model/invoice.ts';

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

/** "1 234,56", "1.234,56", "1,234.56" and "1234.56" are the same; the last kind of separator is the decimal one. */
function plainAmount(text: string): string {
  const bare = text.replace(/[\s\u00A0\u202F']/g, '');
  const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  if (last < 0) return bare;
  const separator = bare.charAt(last);
  const groups = bare.split(separator).length > 2;
  if (groups) return bare.replaceAll(/[.,]/g, '');
  return `${bare.slice(0, last).replaceAll(/[.,]/g, '')}.${bare.slice(last + 1)}`;
}

/** How an amount stands in its field: with the decimal sign of the language, without groups, ready to be typed over. */
export function amountToType(amount: string | undefined, language: 'pl' | 'en'): string {
  if (amount === undefined) return '';
  return language === 'pl' ? amount.replace('.', ',') : amount;
}
