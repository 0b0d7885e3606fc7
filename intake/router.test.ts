import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../store/index.ts';
import { createRouter } from './router.ts';

const STATUS_CHANGED = 'io.serverlessworkflow.workflow.status-changed.v1';

let dir: string;
let store: Store;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-router-'));
  store = await openStore({ dir });
});
afterAll(async () => {
  await store?.close();
  await rm(dir, { recursive: true });
});

it('should tell runs the news of others, and none its own', async () => {
  for (const run of ['one', 'two']) await store.events.subscribe({ run, key: 'run', types: [STATUS_CHANGED] });
  const heard: string[] = [];
  const handleOf = (run: string) => ({ signal: () => Promise.resolve(heard.push(run)) });
  const publish = createRouter({ store, client: { workflow: { getHandle: handleOf } } as unknown as Client });
  const news = { specversion: '1.0', source: '/test/test/1.0.0', type: STATUS_CHANGED, subject: 'one' } as const;
  expect(await publish({ ...news, id: 'one/lifecycle/2', data: { status: 'waiting' } })).toEqual({
    runs: [],
    signalled: ['two'],
  });
  expect(heard).toEqual(['two']);
});

it('should start a run with the same reading of an event that a task which listens gets', async () => {
  const definition = {
    document: { dsl: '1.0.3', namespace: 'test', name: 'bytes', version: '1.0.0' },
    schedule: { on: { one: { with: { type: 'scan.made' } } } },
    do: [{ done: { set: { ok: true } } }],
  };
  const named = { hash: 'sha256:bytes', namespace: 'test', name: 'bytes', version: '1.0.0' };
  await store.definitions.deploy({ ...named, definition, source: '', files: {} });
  const inputs: unknown[] = [];
  const start = (_type: string, { args }: { args: [{ input: unknown }] }) =>
    Promise.resolve(inputs.push(args[0].input));
  const publish = createRouter({ store, client: { workflow: { start } } as unknown as Client });
  await publish({ specversion: '1.0', id: '1', source: 'scanner', type: 'scan.made', data_base64: 'AQI=' });
  expect(inputs).toEqual([['AQI=']]);
});
