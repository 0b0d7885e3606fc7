import type { FormContext } from '../progress.ts';

/** A third of the heartbeat timeout that form activities have: a beat or two may come late on a busy machine. */
const BEAT_MS = 10_000;

/**
 * Tells the last note of a run again while the run takes its time: in the queue for its target, or at a page that keeps
 * it waiting. So a worker that has died is told from a slow page within seconds. No hang hides behind it: each wait of
 * a run is bounded by the target's patience, and the run by its own limit.
 */
export async function withHeartbeat<T>(context: FormContext, work: (context: FormContext) => Promise<T>): Promise<T> {
  let last = 'waiting for another form on the same target';
  const onProgress = (note: string): void => {
    last = note;
    context.onProgress?.(note);
  };
  const timer = setInterval(() => context.onProgress?.(last), BEAT_MS);
  try {
    return await work({ ...context, onProgress });
  } finally {
    clearInterval(timer);
  }
}
