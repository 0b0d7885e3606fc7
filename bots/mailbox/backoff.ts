/** Share of a pause that is drawn by lot, so that many watchers do not return to a server in the same second. */
const JITTER = 0.3;

/**
 * Pause before attempt `failures + 1`, in milliseconds: doubles from `firstMs` to at most `maxMs`, less up to 30 %.
 * `failures` counts from 1.
 */
export function backoffMs(
  failures: number,
  firstMs: number,
  maxMs: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(full * (1 - JITTER * random()));
}

/** Resolves after `ms`, or at once when the signal aborts; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
