/** Whose habits of writing numbers and dates a mail follows. */
export type Writing = { language: 'pl' | 'en'; timeZone: string };

/** Digits after the decimal mark that money has at least. */
const MONEY_DIGITS = 2;
/** Digits after the mark that Intl can show at most (ECMA-402). */
const MAX_DIGITS = 100;
/** `en` alone is American, with month before day; an international reader expects the day first. */
const LOCALES = { pl: 'pl-PL', en: 'en-GB' } as const;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * A decimal string in a language's writing, every digit kept and grouped: `1234567.8` is `1 234 567,8` in Polish. No
 * float is involved: Intl formats strings exactly (ECMA-402, Intl mathematical values). Undefined for other strings.
 */
export function formatDecimal(value: string, writing: Writing): string | undefined {
  return isDecimal(value) ? number(value, writing, {}) : undefined;
}

/** Money with its currency, at least two decimals: `1 234,50 zł`, `PLN 1,234.50`. Undefined for what is no amount. */
export function formatMoney(amount: string, currency: string, writing: Writing): string | undefined {
  if (!isDecimal(amount) || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return number(amount, writing, { style: 'currency', currency, minimumFractionDigits: MONEY_DIGITS });
}

/** A calendar day (`2026-11-24`) in words. Undefined for what is no such day. */
export function formatDay(day: string, writing: Writing): string | undefined {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN);
  // 30 February is read as 2 March: only a day that comes back is one.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  return new Intl.DateTimeFormat(LOCALES[writing.language], { dateStyle: 'long', timeZone: 'UTC' }).format(midnight);
}

/** A moment (ISO 8601 with a zone) as day and time on the reader's clock. Undefined for what is no moment. */
export function formatMoment(moment: string, writing: Writing): string | undefined {
  const date = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(moment) ? new Date(moment) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime())) return undefined;
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: writing.timeZone } as const;
  return new Intl.DateTimeFormat(LOCALES[writing.language], style).format(date);
}

function number(value: `${number}`, writing: Writing, options: Intl.NumberFormatOptions): string {
  const digits = value.split('.')[1]?.length ?? 0;
  const least = Math.min(MAX_DIGITS, Math.max(digits, options.minimumFractionDigits ?? 0));
  const format = new Intl.NumberFormat(LOCALES[writing.language], {
    ...options,
    useGrouping: 'always',
    minimumFractionDigits: least,
    maximumFractionDigits: least,
  });
  return format.format(value);
}

function isDecimal(text: string): text is `${number}` {
  return DECIMAL.test(text);
}
