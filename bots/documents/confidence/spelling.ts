import type { Reading } from '../../../core/model/invoice.ts';
import { fold } from '../fields/fold.ts';

/** Letters and digits alone, small, without diacritics: what two spellings of one value share. */
export const bare = (value: string): string => fold(value).replace(/[^a-z0-9]/g, '');

/** Signs by which two readings of one name may differ, and the least length of such a name. */
const NEAR = { signs: 1, least: 8 };

/**
 * True when two readings of a field mean the same value. Names may differ in blanks and diacritics and, where other
 * words of the paper (`text`) settle it, in one letter; a number may lack a tail that begins with a slash.
 */
export function sameReading(field: string, a: string, b: string, text?: string): boolean {
  if (a === b) return true;
  if (field === 'number') return bare(a) === bare(b) || isCut(a, b) || isCut(b, a);
  if (!field.endsWith('.name')) return false;
  const near = text !== undefined && differing(bare(a), bare(b)) <= NEAR.signs && support(a, text) !== support(b, text);
  return bare(a) === bare(b) || near;
}

/** "17/05" was cut from "17/05/2026" where the recogniser saw a gap. */
function isCut(whole: string, part: string): boolean {
  return part.length >= NEAR.least && whole.startsWith(part) && /^[/\\-]/.test(whole.slice(part.length));
}

/** Signs that differ between two texts of one length; Infinity for short or differently long ones. */
function differing(a: string, b: string): number {
  if (a.length !== b.length || a.length < NEAR.least) return Infinity;
  return Array.from(a).filter((sign, index) => sign !== b[index]).length;
}

/** How often the longer words of a name stand on the paper. */
function support(name: string, text: string): number {
  const words = fold(name).match(/[a-z]{4,}/g) ?? [];
  const folded = fold(text);
  return words.reduce((sum, word) => sum + folded.split(word).length - 1, 0);
}

/** What a diacritic or a blank speaks for a spelling: recognisers lose both and invent neither. */
const LOST_SIGN = 0.06;
const SUPPORT = 0.1;

/** The best of several readings of one value; of a number the longest. */
export function preferred<T extends { value: string; reading: Reading }>(readings: readonly T[], text?: string): T {
  const rank = ({ value, reading }: T) => {
    if (text === undefined) return reading.confidence + bare(value).length;
    const signs = (value.match(/[^\u0020-\u007e]/g)?.length ?? 0) + (value.match(/ /g)?.length ?? 0);
    return reading.confidence + signs * LOST_SIGN + support(value, text) * SUPPORT;
  };
  return readings.reduce((best, one) => (rank(one) > rank(best) ? one : best));
}
