import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { notConfirmed } from '../core/model/effect.ts';
import type { CallInfo } from '../core/model/call.ts';
import { MESSAGES, Progress, type Incident, type OperatorAct } from '../core/model/run.ts';
import { Engine, eventually, failure } from '../tests/support/temporal.ts';

const SINCE = '2026-11-30T10:00:00.000Z';
let engine: Engine;
let calls: CallInfo[] = [];

beforeAll(async () => {
  engine = await Engine.start({
    stubs: {
      'call.http': (_: never, call: CallInfo) => {
        calls.push(call);
        if (call.resolved) return { resolved: call.resolved };
        throw failure(notConfirmed('POST was sent', { since: SINCE, times: 1, doubted: false }));
      },
    },
  });
});
afterAll(() => engine.stop());
beforeEach(() => {
  calls = [];
});

const POST = { call: 'http', with: { method: 'post', endpoint: 'https://books.example/entries', body: {} } };
const parked = async (definition: object) => {
  const handle = await engine.begin(definition, {}, { onFault: 'park' });
  return { handle, incident: await incidentOf(handle) };
};
const incidentOf = (handle: WorkflowHandle): Promise<Incident> =>
  eventually(async () => Progress.parse(await handle.query(MESSAGES.progress)).incidents[0]);
const operate = (handle: WorkflowHandle, act: OperatorAct): Promise<unknown> =>
  handle.executeUpdate(MESSAGES.operate, { args: [act] });

it('should park what could not be confirmed, and tell the next attempt what a person has found out', async () => {
  const { handle, incident } = await parked({ do: [{ send: POST }] });
  expect(incident.problem).toMatchObject({ title: 'done-not-confirmed', unconfirmed: { since: SINCE } });
  await operate(handle, { act: 'confirm', incident: incident.id, record: '26' });
  expect(await handle.result()).toEqual({ resolved: { how: 'there', since: SINCE, record: '26' } });
  expect(calls).toHaveLength(2);
  expect(calls[1]?.key, 'the same call').toBe(calls[0]?.key);
});

it('should park within a try that would catch everything, and again when it is only tried again', async () => {
  const caught = {
    try: [{ send: POST }],
    catch: { retry: { limit: { attempt: { count: 3 } } }, do: [{ on: { set: 1 } }] },
  };
  const { handle, incident } = await parked({ do: [{ careful: caught }] });
  await operate(handle, { act: 'retry', incident: incident.id });
  const again = await eventually(async () => {
    const next = await incidentOf(handle);
    return next.id === incident.id ? undefined : next;
  });
  await operate(handle, { act: 'none', incident: again.id });
  expect(await handle.result()).toEqual({ resolved: { how: 'none', since: SINCE } });
});

it('should refuse to confirm what failed for another reason', async () => {
  const { handle, incident } = await parked({ do: [{ wrong: { call: 'no.such' } }] });
  await expect(operate(handle, { act: 'confirm', incident: incident.id })).rejects.toThrow();
  await operate(handle, { act: 'end', incident: incident.id, reason: 'x' });
  await expect(handle.result()).rejects.toThrow();
});
