import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BOUNDS } from '../bounds.ts';
import { watchMemory, type Watched } from './memory-watch.ts';

const MEBIBYTE = 1024 * 1024;

/** A thread that gives the account that is told here, or none. */
function threadOf(account: () => Promise<number>): Watched {
  return {
    getHeapStatistics: async () => ({ external_memory: (await account()) * MEBIBYTE }) as never,
  };
}

const never = (): Promise<number> => new Promise(() => undefined);

describe('the memory of the PDF thread', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function looks(thread: Watched, processMb: (look: number) => number): Promise<number> {
    let told = 0;
    let asked = 0;
    const end = watchMemory(
      thread,
      () => (told += 1),
      () => processMb((asked += 1)) * MEBIBYTE,
    );
    await vi.advanceTimersByTimeAsync(20 * BOUNDS.pdfWatchMs);
    end();
    return told;
  }

  it('is let be while it gives an account within the bounds, whatever the process takes', async () => {
    const thread = threadOf(() => Promise.resolve(BOUNDS.pdfUnpackedMb));
    expect(await looks(thread, (look) => look * 1000)).toBe(0);
  });

  it('is told of once when its account is beyond them', async () => {
    const thread = threadOf(() => Promise.resolve(BOUNDS.pdfUnpackedMb + 1));
    expect(await looks(thread, () => 100)).toBe(1);
  });

  it('is told of when it owes its account and the process grows', async () => {
    expect(await looks(threadOf(never), (look) => 100 + look * 100)).toBe(1);
  });

  it('is let be when it owes its account and takes nothing', async () => {
    expect(await looks(threadOf(never), (look) => 100 + look)).toBe(0);
  });

  it('is not asked any more once the thread has ended', async () => {
    const gone = vi.fn(() => Promise.reject(new Error('ended')));
    expect(await looks({ getHeapStatistics: gone }, () => 100)).toBe(0);
    expect(gone).toHaveBeenCalledTimes(1);
  });
});
