import { describe, expect, it } from 'vitest';
import { calibrated, KNOTS } from '../../bots/documents/confidence/calibration.ts';
import { knotsOf, scoreOfConfidence } from './calibrate.ts';

describe('calibration', () => {
  it('rises from 0 to 1, so that no two scores change their order', () => {
    for (const [index, [score, share]] of KNOTS.entries()) {
      const [before, below] = KNOTS[index - 1] ?? [-1, -1];
      expect(score).toBeGreaterThan(before);
      expect(share).toBeGreaterThan(below);
    }
    expect([KNOTS[0], KNOTS.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it.each([0, 0.2, 0.5, 0.8, 0.85, 0.97, 1])('finds the score %f again', (score) => {
    expect(scoreOfConfidence(calibrated(score))).toBeCloseTo(score, 2);
  });

  it('keeps what the reader stands by above its threshold, and what it does not below', () => {
    expect(calibrated(0.85)).toBeGreaterThanOrEqual(0.85);
    expect(calibrated(0.84)).toBeLessThan(0.85);
  });

  it('pools bins that fall', () => {
    const judged = (confidence: number, right: number, values: number) =>
      Array.from({ length: values }, (_, at) => ({
        field: 'iban',
        confidence: calibrated(confidence),
        right: at < right,
      }));
    const knots = knotsOf([...judged(0.6, 8, 10), ...judged(0.7, 6, 10), ...judged(0.97, 98, 98)]);
    expect(knots.map(({ values }) => values)).toEqual([20, 98]);
    expect(knots[0]?.share).toBeCloseTo(15 / 22);
    expect(knots[1]?.share).toBeCloseTo(0.99);
  });
});
