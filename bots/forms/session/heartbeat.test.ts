import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withHeartbeat } from './heartbeat.ts';

describe('withHeartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('should tell again what the run waits for, until it has ended', async () => {
    const notes: string[] = [];
    const run = withHeartbeat({ onProgress: (note) => notes.push(note) }, async ({ onProgress }) => {
      await new Promise((done) => setTimeout(done, 15_000));
      onProgress?.('press post');
      await new Promise((done) => setTimeout(done, 24_000));
    });
    await vi.advanceTimersByTimeAsync(40_000);
    await run;
    const waiting = 'waiting for another form on the same target';
    expect(notes).toEqual([waiting, 'press post', 'press post', 'press post']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notes).toHaveLength(4);
  });

  it('should fall silent when the run fails', async () => {
    let beats = 0;
    await expect(
      withHeartbeat({ onProgress: () => (beats += 1) }, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(beats).toBe(0);
  });
});
