import type { Invoice } from '../../../core/model/invoice.ts';

/**
 * From the reader's own score to the share of values that are right at that score: read off the bins of generated
 * documents of seeds that no test measures, and rounded to the careful side where a bin is thin. What
 * `npm run bench:documents -- --calibrate` prints (isotonic regression over other seeds) is what to hold them against.
 * Between two knots the share is interpolated.
 */
export const KNOTS: readonly (readonly [score: number, share: number])[] = [
  [0, 0],
  [0.4, 0.25],
  [0.55, 0.5],
  [0.65, 0.6],
  [0.8, 0.62],
  [0.84, 0.75],
  [0.85, 0.93],
  [0.88, 0.97],
  [0.93, 0.985],
  [0.97, 0.995],
  [1, 1],
];

/** The share of right values at a score. */
export function calibrated(score: number): number {
  const at = KNOTS.findIndex(([knot]) => knot >= score);
  const [to, from] = [KNOTS[at], KNOTS[at - 1]];
  if (!to) return 1;
  if (!from) return to[1];
  const share = from[1] + ((to[1] - from[1]) * (score - from[0])) / (to[0] - from[0]);
  return Math.round(share * 1000) / 1000;
}

/** Puts confidences of an invoice that was read from pages on the scale that people see. Once, after all passes. */
export function calibrate(invoice: Invoice): void {
  for (const reading of Object.values(invoice.fields)) reading.confidence = calibrated(reading.confidence);
}
