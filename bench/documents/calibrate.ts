import { KNOTS } from '../../bots/documents/confidence/calibration.ts';
import type { Judged } from './score.ts';

/** Scores are gathered in bins as wide as this. */
const BIN = 0.05;

/** The reader's own score of a confidence: the way back through the knots. */
export function scoreOfConfidence(confidence: number): number {
  const at = KNOTS.findIndex(([, share]) => share >= confidence);
  const [to, from] = [KNOTS[at], KNOTS[at - 1]];
  if (!to) return 1;
  if (!from) return to[0];
  return from[0] + ((to[0] - from[0]) * (confidence - from[1])) / (to[1] - from[1]);
}

export type Knot = { score: number; share: number; values: number };

/**
 * Shares of right values by score, never falling (isotonic regression by pooling neighbours that do fall). A bin counts
 * one right and one wrong value more than it has, so that few values claim little.
 */
export function knotsOf(judged: readonly Judged[]): Knot[] {
  const bins = new Map<number, { right: number; values: number; score: number }>();
  for (const { confidence, right } of judged) {
    const score = scoreOfConfidence(confidence);
    const key = Math.floor(score / BIN + 1e-9);
    const bin = bins.get(key) ?? { right: 0, values: 0, score: 0 };
    bins.set(key, { right: bin.right + Number(right), values: bin.values + 1, score: bin.score + score });
  }
  const pooled: { right: number; values: number; score: number }[] = [];
  const share = (bin: { right: number; values: number }) => (bin.right + 1) / (bin.values + 2);
  for (const [, bin] of [...bins].sort(([a], [b]) => a - b)) {
    let last = bin;
    for (let before = pooled.at(-1); before && share(before) > share(last); before = pooled.at(-1)) {
      pooled.pop();
      last = {
        right: before.right + last.right,
        values: before.values + last.values,
        score: before.score + last.score,
      };
    }
    pooled.push(last);
  }
  return pooled.map((bin) => ({ score: bin.score / bin.values, share: share(bin), values: bin.values }));
}

/** Knots as a table, to be laid into `bots/documents/confidence/calibration.ts`. */
export function knotsTable(knots: readonly Knot[]): string {
  const rows = knots.map(
    ({ score, share, values }) =>
      `${score.toFixed(3).padStart(6)} ${share.toFixed(3).padStart(6)} ${String(values).padStart(7)}`,
  );
  return [' score  share  values', ...rows].join('\n');
}
