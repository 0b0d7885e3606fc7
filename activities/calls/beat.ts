import type { ActivityContext } from '../activity.ts';

/** Temporal tells an activity of its cancellation in the answer to a heartbeat: this long after it at most. */
const BEAT_MS = 2_000;

/**
 * Does work that waits for another machine, and beats meanwhile, so that a cancelled task (a timeout, a lost race, an
 * operator) hangs up at once. For waits alone that have a bound of their own: a beat by the clock hides a hang.
 */
export async function whileWaiting<T>(context: ActivityContext, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => context.onProgress('waiting for the answer'), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
