import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallActivities } from '../../activities/calls/index.ts';
import { callDeps } from '../support/calls.ts';
import { Engine } from '../support/temporal.ts';

const RADICALE = { RADICALE_PORT: '17533', RADICALE_DIR: '/var/tmp/zaplecze-radicale-journey' };
const [user, password] = ['bot', 'radicale-pw'];
const calendar = `http://127.0.0.1:${RADICALE.RADICALE_PORT}/bot/leave/`;

function radicale(verb: 'start' | 'stop', env: Record<string, string> = {}): void {
  const script = join(import.meta.dirname, '../../scripts/services/radicale.sh');
  execFileSync(script, [verb], { env: { ...process.env, ...RADICALE, ...env } });
}

let engine: Engine;
beforeAll(async () => {
  radicale('start');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const made = await fetch(calendar, { method: 'MKCALENDAR', headers: { authorization } });
  expect(made.status).toBe(201);
  engine = await Engine.start({ stubs: createCallActivities(callDeps()) });
});
afterAll(async () => {
  await engine?.stop();
  radicale('stop', { WIPE: '1' });
});

const run = (name: string, args: object) =>
  engine.run({ do: [{ it: { call: `${name}:1.0.0@library`, with: { calendar, user, password, ...args } } }] });

it('should write an event once and find it in its days', async () => {
  const leave = { uid: 'leave-7', title: 'Urlop: Anna, Łódź; "tył\\przód"', from: '2026-12-28', to: '2026-12-31' };
  expect(await run('calendar.put', leave)).toEqual({ uid: 'leave-7', outcome: 'written' });
  expect(await run('calendar.put', { ...leave, title: 'other' })).toEqual({ uid: 'leave-7', outcome: 'already-there' });
  await run('calendar.put', { uid: 'leave-8', title: 'Urlop: Ben', from: '2027-01-04', to: '2027-01-04' });
  expect(await run('calendar.find', { from: '2026-12-31', to: '2026-12-31' })).toEqual({ events: [leave] });
  expect(await run('calendar.find', { from: '2027-01-01', to: '2027-01-03' })).toEqual({ events: [] });
  expect(await run('calendar.find', { from: '2026-12-01', to: '2027-01-31' })).toMatchObject({
    events: expect.arrayContaining([expect.objectContaining({ uid: 'leave-8', to: '2027-01-04' })]) as unknown,
  });
});

it('should say who is refused', async () => {
  const wrong = { calendar, user, password: 'wrong', from: '2026-12-01', to: '2026-12-02' };
  const fault = await engine.fault({ do: [{ it: { call: 'calendar.find:1.0.0@library', with: wrong } }] });
  expect(fault.status).toBe(401);
});
