import { Connection } from '@temporalio/client';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../store/index.ts';
import { freePort } from './embedded/ports.ts';
import { reachDatabase, reachTemporal } from './reach.ts';

it('should say which database cannot be reached, without its password, and how to mend it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reach-'));
  try {
    const port = await freePort();
    const databaseUrl = `postgres://zaplecze:very-secret@127.0.0.1:${port}/books`;
    const failing = reachDatabase(databaseUrl, openStore({ dir, databaseUrl }));
    await expect(failing).rejects.toMatchObject({ name: 'ProblemError', retryable: true });
    await expect(failing).rejects.toThrow(
      new RegExp(`^the database at 127\\.0\\.0\\.1:${port}/books cannot be reached: .*ECONNREFUSED.* To fix: `),
    );
    await expect(failing).rejects.not.toThrow('very-secret');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

it('should say where Temporal was sought', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  await expect(reachTemporal(address, Connection.connect({ address, connectTimeout: 500 }))).rejects.toThrow(
    new RegExp(`^Temporal at ${address} cannot be reached: .+ To fix: start Temporal, or correct TEMPORAL_ADDRESS$`),
  );
});

it('should leave a fault of ours as it is', async () => {
  const fault = new TypeError('x is undefined');
  await expect(reachDatabase('postgres://h/db', Promise.reject(fault))).rejects.toBe(fault);
});
