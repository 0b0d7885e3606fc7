import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SUBSCRIBE_ACTIVITY } from '../core/model/run.ts';
import { openStore, type Store } from '../store/index.ts';
import { Engine, eventually } from '../tests/support/temporal.ts';
import { deploy } from './runs/deploy.ts';
import { migrate } from './runs/migrate.ts';
import { createRouter } from '../intake/router.ts';
import { startRun } from '../intake/start-run.ts';

/** Runs that wait in the old version while the new one is deployed. */
const WAITING = 50;

let dir: string;
let store: Store;
let engine: Engine;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-versions-'));
  store = await openStore({ dir });
  engine = await Engine.start({
    stubs: {
      [SUBSCRIBE_ACTIVITY]: ({ key, types }: { key: string; types: string[] }, { run }: { run: string }) =>
        store.events.subscribe({ run, key, types }),
    },
  });
});

afterAll(async () => {
  await engine.stop();
  await store.close();
  await rm(dir, { recursive: true });
});

const source = (version: string) => `document: { dsl: 1.0.3, namespace: test, name: waits, version: ${version} }
do:
  - hold:
      listen: { to: { one: { with: { type: go } } } }
  - tell:
      set: { endedOn: ${version} }
`;

it('should end 50 waiting runs on the version they started with, and start new ones on the new', async () => {
  const { client } = engine.env;
  const parts = { store, client, timeZone: 'Europe/Warsaw', options: {} };
  const begin = async (key: string) => {
    const deployed = await store.definitions.find('test', 'waits');
    if (!deployed) throw new Error('not deployed');
    return (await startRun(client, deployed, key, {})).run;
  };
  await deploy(parts, { file: 'v1.yaml', source: source('1.0.0'), files: {} });
  const old: string[] = [];
  for (let n = 0; n < WAITING; n += 1) old.push(await begin(`old-${n}`));
  await eventually(async () => ((await store.events.subscribers('go')).length === WAITING ? true : undefined), 60_000);
  const redeployed = await deploy(parts, { file: 'v2.yaml', source: source('2.0.0'), files: {} });
  expect(redeployed).toMatchObject({
    ok: true,
    changed: true,
    running: { '1.0.0': WAITING },
    previous: { version: '1.0.0', changes: [{ change: 'changed', what: 'tell' }] },
  });
  const fresh = await begin('new');
  await eventually(
    async () => ((await store.events.subscribers('go')).length === WAITING + 1 ? true : undefined),
    60_000,
  );
  await createRouter({ store, client })({ specversion: '1.0', id: '1', source: 'test', type: 'go' });
  const outputs = await Promise.all(old.map((run) => client.workflow.getHandle(run).result()));
  expect(outputs).toEqual(Array.from({ length: WAITING }, () => ({ endedOn: '1.0.0' })));
  expect(await client.workflow.getHandle(fresh).result()).toEqual({ endedOn: '2.0.0' });
});

it('should move waiting runs on request, and say why another one stays', async () => {
  const { client } = engine.env;
  const parts = { store, client, timeZone: 'Europe/Warsaw', options: {} };
  const at = (
    version: string,
    task: string,
  ) => `document: { dsl: 1.0.3, namespace: test, name: moves, version: ${version} }
do:
  - ${task}: { listen: { to: { one: { with: { type: move } } } } }
  - tell: { set: { endedOn: ${version} } }
`;
  await deploy(parts, { file: 'v1.yaml', source: at('1.0.0', 'hold'), files: {} });
  const deployed = await store.definitions.find('test', 'moves');
  if (!deployed) throw new Error('not deployed');
  const { run } = await startRun(client, deployed, 'one', {});
  await eventually(async () => ((await store.events.subscribers('move')).length === 1 ? true : undefined));
  await deploy(parts, { file: 'v2.yaml', source: at('2.0.0', 'hold'), files: {} });
  const order = { runs: [run], waiting: false };
  const names = { namespace: 'test', name: 'moves' };
  expect(await migrate({ client, store }, 'anna', names, order)).toEqual({
    version: '2.0.0',
    moved: [run],
    refused: [],
  });
  expect(await store.audit.list(run)).toMatchObject([{ actor: 'anna', action: 'run.migrated' }]);
  await deploy(parts, { file: 'v3.yaml', source: at('3.0.0', 'other'), files: {} });
  // Just moved, it may still be busy subscribing, and says so.
  await eventually(async () => {
    const { refused } = await migrate({ client, store }, 'anna', names, order);
    return refused[0]?.why.includes('no task with that name') ? true : undefined;
  });
  await createRouter({ store, client })({ specversion: '1.0', id: '2', source: 'test', type: 'move' });
  expect(await client.workflow.getHandle(run).result()).toEqual({ endedOn: '2.0.0' });
});

it('should refuse other content under a version that exists', async () => {
  const parts = { store, client: engine.env.client, timeZone: 'Europe/Warsaw', options: {} };
  const changed = source('2.0.0').replace('endedOn', 'endedAt');
  await expect(deploy(parts, { file: 'v2.yaml', source: changed, files: {} })).rejects.toThrow(
    /increase document.version/,
  );
});
