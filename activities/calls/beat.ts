import { CancelledFailure } from '@temporalio/activity';
import type { ActivityContext } from '../activity.ts';

/** Temporal tells an activity of its cancellation in the answer to a heartbeat: this long after it at most. */
const BEAT_MS = 2_000;

/**
 * Does work that waits for another machine, and beats meanwhile, so that a cancelled task (a timeout, a lost race, an
 * operator) hangs up at once. For waits alone that have a bound of their own: a beat by the clock hides a hang. `note`
 * is what the next attempt finds as `lastProgress`.
 */
export async function whileWaiting<T>(
  context: ActivityContext,
  work: () => Promise<T>,
  note: () => string = () => 'waiting for the answer',
): Promise<T> {
  const beat = setInterval(() => context.onProgress(note()), BEAT_MS);
  try {
    return await work();
  } catch (error) {
    // Whatever broke when the work was told to stop: that it was told is what happened.
    if (context.signal.aborted) throw new CancelledFailure('the task was cancelled');
    throw error;
  } finally {
    clearInterval(beat);
  }
}
