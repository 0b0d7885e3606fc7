import { DatePattern } from '../../../core/model/date-pattern.ts';
import { formatValue, parseValue } from './formats.ts';
import type { Formats, Parameter } from '../../../core/forms/form.ts';

type ValueType = Parameter['type'];

/** Text without the blanks and signs that a mask puts between its characters. */
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/**
 * True when a field keeps what it was given: the same text, the same amount in another spelling, or the same letters
 * and digits with the signs of a mask between them. Nothing may be cut or lost.
 */
export function isKept(given: string, kept: string, type: ValueType, formats: Formats): boolean {
  const [wanted, shown] = [given, kept].map((text) => text.replace(/\s+/g, ' ').trim()) as [string, string];
  if (wanted === shown) return true;
  // A date in another spelling is none: fields show what was typed long before they have understood it.
  if (type === 'amount' || type === 'number') {
    const value = (text: string): string => parseValue(text, type, formats);
    if (value(wanted) === value(shown)) return true;
  }
  // Only a mask adds signs to a text that has none.
  return bare(wanted) === wanted && wanted !== '' && bare(shown) === wanted;
}

/** Kinds of input whose value the browser itself takes in one spelling (HTML, "Dates and times" and "Numbers"). */
const OWN_SPELLINGS: ReadonlySet<string> = new Set(['date', 'number', 'month', 'time', 'datetime-local', 'range']);

/** What an input says of the spelling that it takes. */
export type Spelling = { kind: string; placeholder: string };

/** "DD/MM/YYYY", "dd.mm.rrrr": the pattern of a date that a placeholder asks for. */
function patternIn(placeholder: string): string | undefined {
  const pattern = DatePattern.safeParse(placeholder.trim().toUpperCase().replaceAll('R', 'Y'));
  return pattern.data;
}

/**
 * The text as an input of that kind takes it: a date field takes 2026-11-03, a number field 1234.5, whatever the
 * target writes elsewhere.
 */
export function spelledFor({ kind, placeholder }: Spelling, text: string, type: ValueType, formats: Formats): string {
  if (text === '') return text;
  if (!OWN_SPELLINGS.has(kind)) {
    const pattern = type === 'date' ? patternIn(placeholder) : undefined;
    return pattern === undefined
      ? text
      : formatValue(parseValue(text, 'date', formats), 'date', { ...formats, date: pattern });
  }
  if (kind === 'number' || kind === 'range') return parseValue(text, type === 'text' ? 'number' : type, formats);
  const date = parseValue(text, 'date', formats);
  if (kind === 'month') return date.slice(0, 'YYYY-MM'.length);
  return date;
}
