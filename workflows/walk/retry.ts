import type { RetryPolicy } from '../../core/language/types.ts';
import { now } from '../run/clock.ts';
import type { Arguments, Evaluator } from '../data/expressions.ts';
import { evaluateDuration } from './timeouts.ts';

/** A policy that says nothing of pauses nor limits would spin: it pauses this long. */
const FLOOR_MS = 1_000;
/** Longest pause: exponential backoff passes any deadline soon, and a timer needs some end. */
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/** How far the attempts of a `try` have come: retries made, and when the first attempt began. */
export type Attempts = { retries: number; startedAt: number };

export type RetryContext = { evaluator: Evaluator; input: unknown; args: Arguments };

/** Whether the policy allows one more retry (DSL "Retry": `when`, `exceptWhen`, `limit`). */
export function allowsRetry(policy: RetryPolicy, { retries, startedAt }: Attempts, context: RetryContext): boolean {
  const { evaluator, input, args } = context;
  if (policy.when !== undefined && !evaluator.condition(policy.when, input, args)) return false;
  if (policy.exceptWhen !== undefined && evaluator.condition(policy.exceptWhen, input, args)) return false;
  const count = policy.limit?.attempt?.count;
  if (count !== undefined && retries >= count) return false;
  if (policy.limit?.duration === undefined) return true;
  const end = startedAt + evaluateDuration(evaluator, policy.limit.duration, input, args);
  return now() + basePause(policy, retries + 1, context) <= end;
}

/** Pause before the retry of that number (from 1), in milliseconds: backoff, then jitter from the run's own random. */
export function pauseBefore(policy: RetryPolicy, retry: number, context: RetryContext): number {
  return Math.min(LONGEST_PAUSE_MS, Math.round(basePause(policy, retry, context) + jitter(policy, context)));
}

/** Longest time of one attempt, or undefined. */
export function attemptLimit(policy: RetryPolicy | undefined, context: RetryContext): number | undefined {
  const limit = policy?.limit?.attempt?.duration;
  return limit === undefined ? undefined : evaluateDuration(context.evaluator, limit, context.input, context.args);
}

function basePause(policy: RetryPolicy, retry: number, { evaluator, input, args }: RetryContext): number {
  const unlimited = policy.limit?.attempt?.count === undefined && policy.limit?.duration === undefined;
  const delay =
    policy.delay === undefined ? (unlimited ? FLOOR_MS : 0) : evaluateDuration(evaluator, policy.delay, input, args);
  const backoff = policy.backoff ?? {};
  if ('exponential' in backoff) return Math.min(LONGEST_PAUSE_MS, delay * 2 ** (retry - 1));
  if ('linear' in backoff) return Math.min(LONGEST_PAUSE_MS, delay * retry);
  return delay;
}

function jitter(policy: RetryPolicy, { evaluator, input, args }: RetryContext): number {
  if (!policy.jitter) return 0;
  const from = evaluateDuration(evaluator, policy.jitter.from, input, args);
  const to = evaluateDuration(evaluator, policy.jitter.to, input, args);
  // The sandbox replaces Math.random by a generator that is the same on every replay.
  return from + Math.random() * Math.max(0, to - from);
}
