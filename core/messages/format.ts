import type { Language } from '../settings/settings.ts';

const LOCALES: Record<Language, string> = { pl: 'pl-PL', en: 'en-GB' };

/**
 * Controls that text on a document never needs: C0 and C1, and the explicit embeddings, overrides and isolates of
 * Unicode bidi (UAX #9), with which a name can show itself in another order than it is stored.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Text from outside, safe to show beside our own: without controls, blanks collapsed (but for those that hold a
 * number together), composed (NFC). */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(CONTROLS, '')
    .replace(/[^\S\u00A0\u202F]+/g, ' ')
    .trim();
}

/** A decimal string with two places, as people of that language write it: "12 300,00", "12,300.00". */
export function formatAmount(amount: string, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: 2,
    maximumFractionDigits: 8,
    useGrouping: 'always',
  }).format(amount as Intl.StringNumericLiteral);
}

/** Amount with its currency: "12 300,00 PLN". The code, not a sign: "$" is the currency of several countries. */
export function formatMoney(amount: string, currency: string | undefined, language: Language): string {
  return currency === undefined ? formatAmount(amount, language) : `${formatAmount(amount, language)}\u00A0${currency}`;
}

/** A calendar date: "24 listopada 2026", "24 November 2026". What is no ISO date comes back as it is. */
export function formatDate(date: string, language: Language): string {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) return date;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(instant);
}

/** An instant in a zone: "24 listopada 2026, 13:05". */
export function formatInstant(instant: Date, language: Language, timeZone: string): string {
  const date = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone }).format(instant);
  const time = new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'short', timeZone }).format(instant);
  return `${date}, ${time}`;
}

/** Whole days from the local date of `now` to a calendar date; negative when it has passed. */
export function daysUntil(date: string, now: Date, timeZone: string): number {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** An IBAN in groups of four, as ISO 13616 prints it. */
export function formatIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}
