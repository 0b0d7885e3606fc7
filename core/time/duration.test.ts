import { describe, expect, it } from 'vitest';
import { durationMs } from './duration.ts';

describe('durationMs', () => {
  it.each([
    ['PT30S', 30_000],
    ['PT0.5S', 500],
    ['P1DT2H', 93_600_000],
    ['P1W', 604_800_000],
    ['PT1M', 60_000],
    ['P1M', 2_592_000_000],
    [{ minutes: 5, seconds: 1 }, 301_000],
    [{ milliseconds: 7 }, 7],
  ])('should read %j', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms);
  });

  it.each(['', 'P', 'PT', '5 minutes', 7, null, { weeks: 1 }, { seconds: '1' }, { seconds: -1 }])(
    'should refuse %j',
    (duration) => {
      expect(() => durationMs(duration)).toThrow('is not a duration');
    },
  );
});
