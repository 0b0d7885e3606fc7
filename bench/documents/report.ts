import type { Judged, Scored, Verdict } from './score.ts';

/** Bounds of the five bins of confidence. */
const BINS = [0, 0.5, 0.7, 0.85, 0.95, 1.01] as const;

export type Bin = { from: number; to: number; values: number; expected: number; observed: number };
export type Shares = Record<Verdict, number> & { values: number };

/** How many values are right, wrong and abstained, as shares of all. */
export function sharesOf(scored: readonly Scored[]): Shares {
  const share = (verdict: Verdict) =>
    scored.filter((one) => one.verdict === verdict).length / Math.max(1, scored.length);
  return { values: scored.length, right: share('right'), wrong: share('wrong'), abstained: share('abstained') };
}

/** Mean confidence beside the share that is right, in five bins. */
export function calibrationOf(judged: readonly Judged[]): Bin[] {
  return BINS.slice(0, -1).map((from, index) => {
    const to = BINS[index + 1] ?? 1;
    const inside = judged.filter(({ confidence }) => confidence >= from && confidence < to);
    const values = inside.length;
    const expected = inside.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, values);
    return {
      from,
      to: Math.min(1, to),
      values,
      expected,
      observed: inside.filter((one) => one.right).length / Math.max(1, values),
    };
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9);

/** A table of shares by any grouping. `more` adds a column of the caller's own. */
export function sharesTable(
  head: string,
  groups: ReadonlyMap<string, readonly Scored[]>,
  more?: { head: string; of: (group: string) => string },
): string {
  const lines = [`${head.padEnd(14)} values     right     wrong abstained${more ? more.head.padStart(12) : ''}`];
  for (const [name, scored] of groups) {
    const { values, right, wrong, abstained } = sharesOf(scored);
    const shares = [right, wrong, abstained].map(percent).join(' ');
    lines.push(`${name.padEnd(14)} ${String(values).padStart(6)} ${shares}${more ? more.of(name).padStart(12) : ''}`);
  }
  return lines.join('\n');
}

/** The table of calibration. */
export function calibrationTable(judged: readonly Judged[]): string {
  const rows = calibrationOf(judged).map(
    ({ from, to, values, expected, observed }) =>
      `${`${from.toFixed(2)}–${to.toFixed(2)}`.padEnd(14)} ${String(values).padStart(6)} ${percent(expected)} ${percent(observed)}`,
  );
  return ['confidence     values  expected  observed', ...rows].join('\n');
}

/** Groups by a key, in the order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
