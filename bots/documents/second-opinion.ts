import type { Invoice, Reading } from '../../definitions/model/invoice.ts';
import { VALUES } from './agree.ts';
import { sameReading } from './spelling.ts';

/** What two engines read alike is no misreading; that it is the right value of the field remains to be doubted. */
const DOUBT_LEFT = 0.5;
/** What is left of the confidence of a value that the engines contest: a person looks. */
const CONTESTED = 0.6;
/** A value whose check digits or sum hold wins against one without. */
const CHECKED = 0.96;
const OVERRULED = 0.9;
/** What is left of the confidence of a value that only the second engine found. */
const ALONE = 0.97;

/**
 * Lays the second engine's reading beside the first, which takes the result. The same value is surer; of two different
 * ones that wins whose check digits hold, else neither: the field falls below what the reader stands by, and keeps both.
 * What only the second found is taken from it.
 */
export function weighSecond(mine: Invoice, other: Invoice): void {
  for (const [field, access] of Object.entries(VALUES)) {
    const [a, b] = [access.of(mine), access.of(other)];
    const [read, seen] = [mine.fields[field], other.fields[field]];
    if (b === undefined || !seen) continue;
    if (a === undefined || !read) {
      access.put(mine, b);
      set(mine, field, seen, seen.confidence * ALONE);
    } else if (sameReading(field, a, b)) {
      const best = seen.confidence > read.confidence ? seen : read;
      set(mine, field, best, 1 - (1 - best.confidence) * DOUBT_LEFT);
    } else contest(mine, field, { a, b, read, seen }, access.put);
  }
}

type Conflict = { a: string; b: string; read: Reading; seen: Reading };

function contest(
  mine: Invoice,
  field: string,
  { a, b, read, seen }: Conflict,
  put: (invoice: Invoice, value: string) => void,
): void {
  const [checked, otherChecked] = [read.confidence >= CHECKED, seen.confidence >= CHECKED];
  const takes = otherChecked && !checked ? true : checked && !otherChecked ? false : seen.confidence > read.confidence;
  const [kept, lost] = takes ? [seen, a] : [read, b];
  if (takes) put(mine, b);
  const confidence = checked === otherChecked ? Math.min(CONTESTED, kept.confidence) : kept.confidence * OVERRULED;
  set(mine, field, { ...kept, alternatives: [...new Set([lost, ...(kept.alternatives ?? [])])] }, confidence);
}

function set(invoice: Invoice, field: string, reading: Reading, confidence: number): void {
  invoice.fields[field] = { ...reading, confidence: Math.round(confidence * 100) / 100 };
}
