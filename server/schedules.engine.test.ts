import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentHash } from '../definitions/language/hash.ts';
import { Engine } from '../tests/support/temporal.ts';
import { applySchedule } from './schedules.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => engine.stop());

function definition(version: string, schedule: object) {
  const document = { dsl: '1.0.3', namespace: 'test', name: 'tick', version };
  const value = { document, ...schedule, do: [{ tick: { set: { version } } }] };
  return { namespace: 'test', name: 'tick', version, hash: contentHash(value), definition: value };
}

/** Outputs of the runs that the schedule has started and that have ended. */
async function outputs(): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { workflowId, status } of engine.env.client.workflow.list()) {
    if (!workflowId.startsWith('test.tick:schedule') || status.name !== 'COMPLETED') continue;
    found.push(await engine.env.client.workflow.getHandle(workflowId).result());
  }
  return found;
}

it('should start runs as the version deployed last says, and stop when it says nothing', async () => {
  const dependencies = { client: engine.env.client, timeZone: 'Europe/Warsaw', options: {} };
  const every = { schedule: { every: { seconds: 1 } } };
  expect(await applySchedule(dependencies, definition('1.0.0', every))).toBe('kept');
  await expect.poll(outputs, { timeout: 20_000 }).toContainEqual({ version: '1.0.0' });
  expect(await applySchedule(dependencies, definition('1.1.0', every))).toBe('kept');
  await expect.poll(outputs, { timeout: 20_000 }).toContainEqual({ version: '1.1.0' });
  expect(await applySchedule(dependencies, definition('1.2.0', {}))).toBe('none');
  await expect(engine.env.client.schedule.getHandle('test.tick').describe()).rejects.toThrow();
});

it('should read cron in the company’s time zone', async () => {
  const dependencies = { client: engine.env.client, timeZone: 'Europe/Warsaw', options: {} };
  await applySchedule(dependencies, definition('2.0.0', { schedule: { cron: '30 7 * * 1-5' } }));
  const { info } = await engine.env.client.schedule.getHandle('test.tick').describe();
  const next = info.nextActionTimes[0] ?? new Date(0);
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', timeStyle: 'short' }).format(next);
  expect(shown).toBe('07:30');
  await engine.env.client.schedule.getHandle('test.tick').delete();
});
