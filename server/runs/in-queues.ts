import type { Client } from '@temporalio/client';
import type { TaskState } from '../../core/model/run.ts';
import { createQueues } from '../../intake/queues.ts';

/** A call that failed and is being tried again by itself. */
export type Retrying = { call: string; attempt: number; detail: string };

/**
 * Calls of a run that wait in a queue which does not move, or for their next attempt, and why. A queue that answers no
 * query, as when its worker is down, tells nothing.
 */
export async function retryingInQueues(client: Client, run: string, tasks: readonly TaskState[]): Promise<Retrying[]> {
  const names = new Set(tasks.flatMap(({ queue }) => (queue === undefined ? [] : [queue])));
  const queues = createQueues(client);
  const found: Retrying[] = [];
  for (const name of names) {
    const view = await queues.show(name).catch(() => undefined);
    const paused = view?.paused && `the queue is paused: ${view.paused.reason}`;
    for (const item of view?.items ?? []) {
      const detail = paused ?? item.problem?.detail ?? view?.problem?.detail;
      if (item.run === run && detail !== undefined)
        found.push({ call: item.function, attempt: item.attempts + 1, detail });
    }
  }
  return found;
}
