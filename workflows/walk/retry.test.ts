import { describe, expect, it, vi } from 'vitest';
import type { RetryPolicy } from '../../core/language/types.ts';
import { createEvaluator } from '../data/expressions.ts';
import { allowsRetry, pauseBefore } from './retry.ts';

const context = {
  evaluator: createEvaluator('strict', []),
  input: { pause: 'PT3S' },
  args: { error: { status: 503 } },
};
const SECOND = { seconds: 1 };

describe('pauseBefore', () => {
  it.each<[string, RetryPolicy, number[]]>([
    ['constant', { delay: SECOND, backoff: { constant: {} } }, [1000, 1000, 1000]],
    ['linear', { delay: SECOND, backoff: { linear: {} } }, [1000, 2000, 3000]],
    ['exponential', { delay: SECOND, backoff: { exponential: {} } }, [1000, 2000, 4000]],
    ['no backoff', { delay: '${ .pause }' }, [3000, 3000, 3000]],
    ['limited without delay', { limit: { attempt: { count: 3 } } }, [0, 0, 0]],
    ['neither delay nor limit', {}, [1000, 1000, 1000]],
    ['beyond a day', { delay: 'P1D', backoff: { exponential: {} } }, [86_400_000, 86_400_000, 86_400_000]],
  ])('should be right for %s', (_, policy, pauses) => {
    expect([1, 2, 3].map((retry) => pauseBefore(policy, retry, context))).toEqual(pauses);
  });

  it('should add jitter from its range', () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    expect(pauseBefore({ delay: SECOND, jitter: { from: 'PT1S', to: 'PT3S' } }, 1, context)).toBe(3000);
    random.mockRestore();
  });
});

describe('allowsRetry', () => {
  it.each<[string, RetryPolicy, number, number, boolean]>([
    ['a count not reached', { limit: { attempt: { count: 2 } } }, 1, 0, true],
    ['a count reached', { limit: { attempt: { count: 2 } } }, 2, 0, false],
    ['time left', { delay: SECOND, limit: { duration: 'PT10S' } }, 5, 2000, true],
    ['a pause that would pass the end', { delay: SECOND, limit: { duration: 'PT10S' } }, 5, 9500, false],
    ['when', { when: '$error.status == 503' }, 99, 0, true],
    ['when not', { when: '$error.status == 500' }, 0, 0, false],
    ['exceptWhen', { exceptWhen: '$error.status == 503' }, 0, 0, false],
  ])('should judge %s', (_, policy, retries, elapsedMs, expected) => {
    expect(allowsRetry(policy, { retries, startedAt: Date.now() - elapsedMs }, context)).toBe(expected);
  });
});
