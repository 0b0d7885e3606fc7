import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentReader } from '../../reader.ts';
import { createSecondReader } from './second-reader.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'no-second-reader-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const refusedWith = (type: RegExp) => ({
  status: 'rejected',
  reason: { problem: { type: expect.stringMatching(type) } },
});

describe('a second reader that is not set up', () => {
  it('should be told of at once where it is wanted, with the command that mends it', () => {
    expect(() => createDocumentReader({ secondReader: folder })).toThrow(/switched on.*npm run setup -- second-reader/);
    expect(() => createDocumentReader()).not.toThrow();
  });

  it('should fail by a typed error where its process cannot load, each time anew', async () => {
    const engine = createSecondReader({ folder, threads: 1 });
    const pages = [1, 2].map(() => engine.recognise(new Uint8Array(), { name: 'a.png' }));
    for (const outcome of await Promise.allSettled(pages)) expect(outcome).toMatchObject(refusedWith(/runtime$/));
    await engine.close();
  });

  it('should give a page up at once that is cancelled while it waits or is read', async () => {
    const engine = createSecondReader({ folder, threads: 1 });
    const cancel = new AbortController();
    const pages = [1, 2].map(() => engine.recognise(new Uint8Array(), { name: 'a.png', signal: cancel.signal }));
    cancel.abort();
    for (const outcome of await Promise.allSettled(pages)) expect(outcome).toMatchObject(refusedWith(/timeout$/));
    await engine.close();
  });
});
