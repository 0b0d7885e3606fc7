import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { z } from 'zod';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import type { CallInfo } from '../../core/model/call.ts';
import { RetryAfter } from '../../core/model/problem.ts';
import { QUEUE_ACTIVITIES, type QueueItem, type WorkItem } from '../../core/model/queue.ts';
import { taskQueue } from '../../core/model/run.ts';
import { toFault } from '../run/errors.ts';
import type { Failure } from './policy.ts';

/** One attempt by whichever worker is free. What follows a failure is the queue's business, not Temporal's. */
export async function attempt({ function: name, args, call }: QueueItem): Promise<unknown> {
  const spec = findFunction(name);
  if (!spec) throw ApplicationFailure.nonRetryable(`there is no function "${name}"`);
  const { attemptMs, heartbeatMs } = spec.limits;
  const activities = proxyActivities<
    Record<string, (work: z.infer<typeof WorkItem>, call: CallInfo) => Promise<unknown>>
  >({
    taskQueue: taskQueue(spec.capability),
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    retry: { maximumAttempts: 1 },
  });
  const work = activities[QUEUE_ACTIVITIES.work];
  if (!work) throw new Error(`no activity ${QUEUE_ACTIVITIES.work}`);
  return work({ function: name, args }, call);
}

/** What an embedded installation says of work whose process was killed (installation/embedded/lost-work.ts). */
const WORKER_LOST = 'worker-lost';

/** What a failed attempt tells of the target, for `judge`. */
export function failureOf(error: unknown): Failure {
  const { problem } = toFault(error, '');
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const lost =
    cause instanceof TimeoutFailure ||
    cause instanceof CancelledFailure ||
    (cause instanceof ApplicationFailure && cause.type === WORKER_LOST);
  const retryable = cause instanceof ApplicationFailure && !cause.nonRetryable;
  const after = cause instanceof ApplicationFailure ? RetryAfter.safeParse(cause.details?.[1]) : undefined;
  return { problem, retryable, lost, opensInMs: after?.data?.retryAfterMs };
}
