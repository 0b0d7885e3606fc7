import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { durationMs } from '../../core/time/duration.ts';
import type { Timeout } from '../../core/language/types.ts';
import { now, pause } from '../run/clock.ts';
import { standardFault } from '../run/errors.ts';
import type { Evaluator, Arguments } from '../data/expressions.ts';

/** When a timeout strikes, in milliseconds of the epoch: its own, or the one of `use.timeouts` that it names. */
export function deadlineOf(
  timeout: Timeout | string | undefined,
  timeouts: Record<string, Timeout> | undefined,
  evaluate: (value: unknown) => unknown,
): number | undefined {
  if (timeout === undefined) return undefined;
  const found = typeof timeout === 'string' ? timeouts?.[timeout] : timeout;
  if (!found) {
    throw standardFault('configuration', `timeout "${JSON.stringify(timeout)}" is not defined under use.timeouts`);
  }
  return now() + durationMs(evaluate(found.after));
}

/**
 * Runs work until a deadline, then cancels it (its calls, timers and children) and throws a fault of type `timeout`,
 * status 408 (DSL "Timeouts"). Without a deadline it just runs.
 */
export async function withDeadline<T>(deadline: number | undefined, what: string, work: () => Promise<T>): Promise<T> {
  if (deadline === undefined) return work();
  const limited = new CancellationScope({ cancellable: true });
  const timer = new CancellationScope({ cancellable: true });
  let expired = false;
  const watch = timer.run(async () => {
    await pause(Math.max(1, deadline - now()));
    expired = true;
    limited.cancel();
  });
  watch.catch(() => undefined); // Cancelled below, when the work was in time.
  try {
    return await limited.run(work);
  } catch (error) {
    if (expired && isCancellation(error)) {
      throw standardFault('timeout', `${what} did not end in time`, error);
    }
    throw error;
  } finally {
    timer.cancel();
  }
}

/** Milliseconds of a duration that may be an expression. */
export function evaluateDuration(evaluator: Evaluator, duration: unknown, input: unknown, args: Arguments): number {
  return durationMs(evaluator.value(duration, input, args));
}
