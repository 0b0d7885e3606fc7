import type { Worker } from 'node:worker_threads';
import { BOUNDS } from '../bounds.ts';

const MEBIBYTE = 1024 * 1024;
const MOST_BYTES = BOUNDS.pdfUnpackedMb * MEBIBYTE;

/** What is watched: the thread's own account of its memory, and the process's. */
export type Watched = Pick<Worker, 'getHeapStatistics'>;

/**
 * Looks at what the PDF thread has unpacked, and calls `onTooMuch` once it is more than `BOUNDS.pdfUnpackedMb`.
 *
 * The thread's own account is exact, but a thread deep in a loop may never give it: measured, three of sixteen bombs were
 * not seen that way in a minute (Node 24.21). While it owes an account, all that the process grows by counts as its own: on
 * the careful side, for others may work beside it, but honest pages give their account in moments.
 *
 * @param processBytes resident memory of the process
 * @returns ends the watch
 */
export function watchMemory(
  thread: Watched,
  onTooMuch: () => void,
  processBytes: () => number = () => process.memoryUsage.rss(),
): () => void {
  let owedSince: number | undefined;
  const look = (): void => {
    if (owedSince !== undefined) {
      if (processBytes() - owedSince > MOST_BYTES) tooMuch();
      return;
    }
    owedSince = processBytes();
    thread.getHeapStatistics().then(
      ({ external_memory: unpacked }) => {
        owedSince = undefined;
        if (unpacked > MOST_BYTES) tooMuch();
      },
      // The thread has ended; whoever waits for it is told by its exit.
      () => clearInterval(watch),
    );
  };
  const watch = setInterval(look, BOUNDS.pdfWatchMs);
  watch.unref();
  const tooMuch = (): void => {
    clearInterval(watch);
    onTooMuch();
  };
  return () => clearInterval(watch);
}
