import { notLinear, regexFailure } from './failure.ts';
import type { Reader } from './reader.ts';

/** How often, and whether as often as possible. */
export interface Quantifier {
  readonly least: number;
  readonly most: number;
  readonly greedy: boolean;
}

/** Oniguruma's own limit of a counted repetition. */
const MOST_COUNT = 100_000;
const DIGITS = '0123456789';

/** Reads `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}` with `?` after it; null where none stands here. */
export function readQuantifier(reader: Reader): Quantifier | null {
  const range = readRange(reader);
  if (range === null) return null;
  if (reader.take('?')) return { least: range.least, most: range.most, greedy: false };
  if (reader.peek() === '+' && !range.counted) throw notLinear('a possessive quantifier');
  return { least: range.least, most: range.most, greedy: true };
}

function readRange(reader: Reader): { least: number; most: number; counted: boolean } | null {
  if (reader.take('*')) return { least: 0, most: Infinity, counted: false };
  if (reader.take('+')) return { least: 1, most: Infinity, counted: false };
  if (reader.take('?')) return { least: 0, most: 1, counted: false };
  const mark = reader.mark();
  const counts = reader.take('{') ? readCounts(reader) : null;
  // A brace that begins no count stands for itself.
  if (counts === null) reader.reset(mark);
  return counts;
}

function readCounts(reader: Reader): { least: number; most: number; counted: boolean } | null {
  const first = reader.run(DIGITS, 6);
  if (first === '') return null;
  const least = Number(first);
  let most = least;
  if (reader.take(',')) {
    const last = reader.run(DIGITS, 6);
    most = last === '' ? Infinity : Number(last);
  }
  if (!reader.take('}')) return null;
  if (most < least) throw regexFailure('upper is smaller than lower in repeat range');
  if (Math.max(least, most === Infinity ? 0 : most) > MOST_COUNT) {
    throw regexFailure('too big number is specified in repeat range');
  }
  return { least, most, counted: true };
}
