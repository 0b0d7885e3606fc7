import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { contentHash } from '../../core/language/hash.ts';
import { FIND_DEFINITION_ACTIVITY, SUBSCRIBE_ACTIVITY } from '../../core/model/run.ts';
import { openStore, type Store } from '../../store/index.ts';
import { Engine, eventually } from '../../tests/support/temporal.ts';
import { createRouter } from '../router.ts';
import { applySchedule } from './apply.ts';

let engine: Engine;
let store: Store;
let dir: string;
let name = '';
let tests = 0;

type Subscription = { key: string; types: string[] };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-schedules-'));
  store = await openStore({ dir });
  engine = await Engine.start({
    stubs: {
      [SUBSCRIBE_ACTIVITY]: (args: Subscription, { run }: { run: string }) => store.events.subscribe({ run, ...args }),
      [FIND_DEFINITION_ACTIVITY]: async ({ name: wanted }: { name: string }) =>
        (await store.definitions.find('test', wanted)) ?? null,
    },
  });
});
beforeEach(() => {
  name = `tick-${++tests}`;
});
afterAll(async () => {
  await engine.stop();
  await store.close();
  await rm(dir, { recursive: true });
});

/** Deploys a version with that schedule; its runs output their version, and what they were started with. */
async function schedule(version: string, parts: object, task: object = { set: { version, input: '${ . }' } }) {
  const document = { dsl: '1.0.3', namespace: 'test', name, version };
  const definition = { document, ...parts, do: [{ tick: task }] };
  const deployed = { namespace: 'test', name, version, hash: contentHash(definition), definition };
  await store.definitions.deploy({ ...deployed, source: '', files: {} });
  const dependencies = { client: engine.env.client, timeZone: 'Europe/Warsaw', options: { onFault: 'fail' as const } };
  return applySchedule(dependencies, deployed);
}

/** Runs that the schedule has started, oldest first. */
async function started() {
  const found = [];
  const query = `WorkflowId STARTS_WITH 'test.${name}:' OR WorkflowId STARTS_WITH 'gather:test.${name}:'`;
  for await (const info of engine.env.client.workflow.list({ query })) found.push(info);
  return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
}

async function outputs(): Promise<unknown[]> {
  const ended = (await started()).filter(({ status }) => status.name === 'COMPLETED');
  return Promise.all(ended.map(({ workflowId }) => engine.env.client.workflow.getHandle(workflowId).result()));
}

const publish = (event: object) =>
  createRouter({ store, client: engine.env.client })({
    specversion: '1.0',
    id: String(Math.random()),
    source: 'test',
    type: 'none',
    ...event,
  });

const RATHER_SOON = { timeout: 20_000 };

it('should start runs as the version deployed last says, and stop when it says nothing', async () => {
  const every = { schedule: { every: { seconds: 1 } } };
  expect(await schedule('1.0.0', every)).toBe('kept');
  await expect.poll(outputs, RATHER_SOON).toContainEqual({ version: '1.0.0', input: {} });
  expect(await schedule('1.1.0', every)).toBe('kept');
  await expect.poll(outputs, RATHER_SOON).toContainEqual({ version: '1.1.0', input: {} });
  expect(await schedule('1.2.0', {})).toBe('none');
  await expect(engine.env.client.schedule.getHandle(`test.${name}`).describe()).rejects.toThrow();
});

it('should read cron in the company’s time zone, or in that of the definition', async () => {
  const timeIn = async (timeZone: string) => {
    const { info } = await engine.env.client.schedule.getHandle(`test.${name}`).describe();
    const next = info.nextActionTimes[0] ?? new Date(0);
    return new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }).format(next);
  };
  const cron = { schedule: { cron: '30 7 * * 1-5' } };
  await schedule('2.0.0', cron);
  expect(await timeIn('Europe/Warsaw')).toBe('07:30');
  const metadata = { schedule: { timeZone: 'Asia/Tokyo', overlap: 'queue', catchUp: 'PT1H' } };
  const document = { dsl: '1.0.3', namespace: 'test', name, version: '2.1.0', metadata };
  await schedule('2.1.0', { ...cron, document });
  expect(await timeIn('Asia/Tokyo')).toBe('07:30');
  const { policies } = await engine.env.client.schedule.getHandle(`test.${name}`).describe();
  expect(policies).toMatchObject({ overlap: 'BUFFER_ONE', catchupWindow: 3_600_000 });
});

it.each(['0 7 1 * mon', '0 7 * * 7', '0 7 * * sunday', '*/15 8-18/2 * jan-mar MON', '@monthly'])(
  'should be understood by the server: %s',
  async (cron) => {
    expect(await schedule('1.0.0', { schedule: { cron } })).toBe('kept');
    const { info } = await engine.env.client.schedule.getHandle(`test.${name}`).describe();
    expect(info.nextActionTimes.length).toBeGreaterThan(0);
    await schedule('1.1.0', {});
  },
);

it('should start again the given time after each completion, and never before', async () => {
  await schedule('3.0.0', { schedule: { after: { seconds: 1 } } }, { wait: { seconds: 1 } });
  await expect
    .poll(async () => (await started()).filter((run) => run.closeTime).length, RATHER_SOON)
    .toBeGreaterThan(2);
  const runs = await started();
  const pauses = runs.slice(1).map((run, i) => run.startTime.getTime() - (runs[i]?.closeTime?.getTime() ?? Infinity));
  // The server notes the end a moment after the run has reached it.
  expect(Math.min(...pauses), `pauses ${pauses.join(', ')} ms`).toBeGreaterThan(900);
  expect(runs[0]?.memo).toMatchObject({ title: `test/${name}`, version: '3.0.0' });
});

it('should start again after a run that failed or was ended, with the version deployed last', async () => {
  const after = { schedule: { after: { seconds: 1 } } };
  await schedule('4.0.0', after, { raise: { error: { type: 'urn:broken', status: 500 } } });
  await expect.poll(async () => (await started()).length, RATHER_SOON).toBeGreaterThan(1);
  await schedule('4.1.0', after);
  await expect.poll(outputs, RATHER_SOON).toContainEqual({ version: '4.1.0', input: {} });
  await schedule('4.2.0', {});
  const repeat = await engine.env.client.workflow.getHandle(`repeat:test.${name}`).describe();
  expect(repeat.status.name).toBe('TERMINATED');
});

it('should start once all events have come, with both of them, and not with one', async () => {
  const all = [{ with: { type: 'ordered' } }, { with: { type: 'delivered' } }].map((filter) => ({
    ...filter,
    correlate: { order: { from: '.data.order' } },
  }));
  await schedule('5.0.0', { schedule: { on: { all } } });
  await eventually(async () => ((await store.events.subscribers('ordered')).length > 0 ? true : undefined));
  await publish({ type: 'ordered', data: { order: 1 } });
  await publish({ type: 'delivered', data: { order: 2 } });
  await schedule('5.1.0', { schedule: { on: { all } } });
  await publish({ type: 'delivered', data: { order: 1 } });
  await expect.poll(async () => (await started()).length, RATHER_SOON).toBe(1);
  await expect.poll(outputs, RATHER_SOON).toEqual([{ version: '5.1.0', input: [{ order: 1 }, { order: 1 }] }]);
});

it('should hand an event to the run as the schedule reads it', async () => {
  for (const [version, read] of [
    ['6.0.0', 'envelope'],
    ['6.1.0', 'raw'],
    ['6.2.0', 'data'],
  ] as const) {
    const on = { one: { with: { type: `read.${read}` } } };
    await schedule(version, { schedule: { on, read } });
    await publish({ type: `read.${read}`, data: { n: 1 } });
  }
  await expect.poll(async () => (await outputs()).length, RATHER_SOON).toBe(3);
  const inputs = (await outputs()).map((output) => (output as { input: unknown[] }).input[0]);
  expect(inputs).toContainEqual({ n: 1 });
  expect(inputs).toContainEqual('{"n":1}');
  expect(inputs).toContainEqual(expect.objectContaining({ type: 'read.envelope', data: { n: 1 } }));
});
