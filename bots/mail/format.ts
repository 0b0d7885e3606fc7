import { formatDate, formatInstant, formatMoney as moneyText } from '../../core/messages/format.ts';

/** Whose habits of writing numbers and dates a mail follows. */
export type Writing = { language: 'pl' | 'en'; timeZone: string };

const DECIMAL = /^-?\d{1,30}(\.\d{1,20})?$/;
const LOCALES = { pl: 'pl-PL', en: 'en-GB' } as const;

/**
 * A decimal string in a language's writing, every digit kept and grouped: `1234567.8` is `1 234 567,8` in Polish. No
 * float is involved: Intl formats decimal strings exactly (ECMA-402). Undefined for other strings.
 */
export function formatDecimal(value: string, writing: Writing): string | undefined {
  if (!isDecimal(value)) return undefined;
  const digits = value.split('.')[1]?.length ?? 0;
  const shown = { useGrouping: 'always', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(LOCALES[writing.language], shown).format(value);
}

/** Money with its currency: `1 234,50 PLN`, `1,234.50 PLN`. Undefined for what is no amount or no currency. */
export function formatMoney(amount: string, currency: string, writing: Writing): string | undefined {
  if (!isDecimal(amount) || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return moneyText(amount, currency, writing.language);
}

/** A calendar day (`2026-11-24`) in words. Undefined for what is no such day. */
export function formatDay(day: string, writing: Writing): string | undefined {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN);
  // 30 February is read as 2 March: only a day that comes back is one.
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  return isDay ? formatDate(day, writing.language) : undefined;
}

/** A moment (ISO 8601 with a zone) as day and time on the reader's clock. Undefined for what is no moment. */
export function formatMoment(moment: string, writing: Writing): string | undefined {
  const instant = /T.*(Z|[+-]\d{2}:?\d{2})$/.test(moment) ? new Date(moment) : new Date(Number.NaN);
  if (Number.isNaN(instant.getTime())) return undefined;
  return formatInstant(instant, writing.language, writing.timeZone);
}

function isDecimal(text: string): text is `${number}` {
  return DECIMAL.test(text);
}
