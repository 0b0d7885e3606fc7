import { BOUNDS } from '../bounds.ts';
import { cancelled } from '../failure.ts';

/** Waits for the work on one page, but no longer than a pass may take; `end` stops it when that or the signal fires. */
export async function withDeadline<T>(
  work: Promise<T>,
  name: string,
  signal: AbortSignal | undefined,
  end: () => Promise<void>,
): Promise<T> {
  let stop: (() => void) | undefined;
  const timeout = AbortSignal.timeout(BOUNDS.ocrPassMs);
  const any = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      end().then(() => reject(cancelled(name, any.reason)), reject);
    };
    any.addEventListener('abort', stop, { once: true });
  });
  // Ending the worker leaves its own promise pending or rejected; nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    if (stop) any.removeEventListener('abort', stop);
  }
}
