import { Big } from 'big.js';
import type { AmountHit } from './amounts.ts';
import type { Candidate, Money } from '../candidate.ts';

/** Totals of a paper that belong together; each may be absent. */
export type Sum = { net?: Candidate; vat?: Candidate; gross?: Candidate };

/** Rounding of one rate's VAT may move the sum by a cent. */
export const CENT = new Big('0.011');
/** From here on an amount was named by a label of its own. */
export const LABELLED = 0.6;
/** What agreement with arithmetic raises an amount to. */
export const AGREED = 0.97;

/** An amount of the page as a candidate for a total. */
export const moneyOf = (hit: AmountHit & { repaired?: boolean }, score: number): Money => ({
  value: new Big(hit.value).toFixed(2),
  amount: new Big(hit.value),
  score: score * hit.confidence,
  cell: hit.cell,
  ...(hit.repaired && { repaired: true }),
});

/** A total that arithmetic confirms. */
export function raise(one: Money): Candidate {
  return { ...one, score: Math.max(one.score, AGREED) };
}
