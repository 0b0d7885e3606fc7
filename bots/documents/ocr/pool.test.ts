import { beforeEach, describe, expect, it, vi } from 'vitest';

/** What the recogniser is asked, in its order; `answer` ends the call that sets its parameters. */
const worker = vi.hoisted(() => ({ calls: [] as string[], answer: (): void => undefined }));

// A thread's last answer comes after it has been ended: no real thread can be made to do so at will.
vi.mock('tesseract.js', async (original) => ({
  ...(await original<object>()),
  createWorker: () =>
    Promise.resolve({
      setParameters: () =>
        new Promise<void>((resolve) => {
          worker.calls.push('setParameters');
          worker.answer = resolve;
        }),
      recognize: () => {
        worker.calls.push('recognize');
        return Promise.resolve({ data: { confidence: 0, blocks: [] } });
      },
      terminate: () => {
        worker.calls.push('terminate');
        worker.answer();
        return Promise.resolve();
      },
    }),
}));

const { createOcrPool } = await import('./pool.ts');

describe('a pool of recognisers', () => {
  beforeEach(() => {
    worker.calls.length = 0;
  });

  it('should ask nothing of a worker that a cancelled pass has ended', async () => {
    const pool = createOcrPool(1);
    const cancel = new AbortController();
    const pass = pool.recognise(new Uint8Array(), { name: 'scan.png', signal: cancel.signal });
    await vi.waitFor(() => expect(worker.calls).toEqual(['setParameters']));
    cancel.abort();
    await expect(pass).rejects.toMatchObject({ problem: { type: expect.stringContaining('timeout') } });
    await new Promise(setImmediate);
    expect(worker.calls).toEqual(['setParameters', 'terminate']);
  });

  it('should begin no pass that was cancelled while its worker started', async () => {
    const pool = createOcrPool(1);
    const cancel = new AbortController();
    const pass = pool.recognise(new Uint8Array(), { name: 'scan.png', signal: cancel.signal });
    cancel.abort();
    await expect(pass).rejects.toMatchObject({ problem: { type: expect.stringContaining('timeout') } });
    expect(worker.calls).toEqual([]);
  });
});
