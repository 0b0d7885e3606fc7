import { isSure } from '../../bots/documents/index.ts';
import { FLAT_FIELDS } from '../../cli/commands/read.ts';
import type { Invoice } from '../../core/model/invoice.ts';
import { sameValue } from './same-value.ts';

/** What a document says by field: accepted spellings; an empty list where the field has no value on it. */
export type Expected = Readonly<Record<string, readonly string[]>>;

/** `wrong` is what costs most: a value that the reader stands by and that is not so. */
export type Verdict = 'right' | 'wrong' | 'abstained';

/** One field of one document. */
export type Scored = { field: string; verdict: Verdict; wanted: readonly string[]; value: string | undefined };
/** A value that was read, sure or not, and whether it is right: what calibration is measured on. */
export type Judged = { field: string; confidence: number; right: boolean };

export type Score = { scored: Scored[]; judged: Judged[] };

/**
 * Scores a reading: a value that the reader is not sure of counts as abstained. A field without a value on the document
 * counts only where one was invented (wrong); one of `unscored` only where it is wrong.
 */
export function scoreReading(invoice: Invoice | undefined, expected: Expected, unscored: readonly string[]): Score {
  const score: Score = { scored: [], judged: [] };
  for (const [field, path, of] of FLAT_FIELDS) {
    const wanted = expected[field];
    if (!wanted) continue;
    const value = invoice && of(invoice);
    const right = value !== undefined && wanted.some((one) => sameValue(field, one, value));
    if (invoice && value !== undefined)
      score.judged.push({ field, confidence: invoice.fields[path]?.confidence ?? 0, right });
    const sure = invoice !== undefined && value !== undefined && isSure(invoice, path);
    const verdict: Verdict = !sure ? 'abstained' : right ? 'right' : 'wrong';
    const counts = wanted.length > 0 && !unscored.includes(field);
    if (counts || verdict === 'wrong') score.scored.push({ field, verdict, wanted, value });
  }
  return score;
}
