import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MESSAGES,
  Progress,
  taskQueue,
  WORKFLOW_TYPE,
  type AutomationInput,
  type Incident,
  type OperatorAct,
} from '../../core/model/run.ts';
import { Engine, eventually, problemOf, toDefinition } from '../../tests/support/temporal.ts';
import { pack } from '../run/handover.ts';

let engine: Engine;
let checks = 0;
/** Soon over, so that a test reaches the moment at which a run continues as new. */
const SHORT_HISTORY = 30;

beforeAll(async () => {
  engine = await Engine.start({
    serverArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SHORT_HISTORY}`],
    stubs: {
      'invoice.check': (args) => {
        checks++;
        return args;
      },
    },
  });
});
afterAll(async () => engine.stop());

const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const set = (value: unknown) => ({ set: value });
const schema = (document: object) => ({ schema: { document } });

/** Starts a run that is to park, and gives its incident. */
async function parked(definition: object, input: unknown = {}) {
  const handle = await engine.begin(definition, input, { onFault: 'park' });
  return { handle, incident: await incidentOf(handle) };
}

function incidentOf(handle: WorkflowHandle): Promise<Incident> {
  return eventually(async () => Progress.parse(await handle.query(MESSAGES.progress)).incidents[0]);
}

type Act = { act: 'retry' } | { act: 'skip'; output?: unknown } | { act: 'end'; reason: string };

function operate(handle: WorkflowHandle, incident: Incident, act: Act): Promise<unknown> {
  const args: OperatorAct = { ...act, incident: incident.id };
  return handle.executeUpdate(MESSAGES.operate, { args: [args] });
}

describe('what fails outside of any task', () => {
  it('should park on an input that does not fit its schema, and go on with other input', async () => {
    const definition = { input: schema({ required: ['number'] }), do: list(set({ got: '${ . }' })) };
    const { handle, incident } = await parked(definition, { numer: 1 });
    expect(incident).toMatchObject({ reference: '/', input: { numer: 1 } });
    expect(incident.problem.detail).toContain('the input of the workflow does not match its schema');
    await operate(handle, incident, { act: 'retry' });
    const again = await eventually(async () => {
      const next = await incidentOf(handle);
      return next.id === incident.id ? undefined : next;
    });
    await operate(handle, again, { act: 'skip', output: { number: 1 } });
    expect(await handle.result()).toEqual({ got: { number: 1 } });
  });

  it('should park on an output that cannot be made, keep what was done, and end with another', async () => {
    checks = 0;
    const definition = {
      output: { as: '.total / .count' },
      do: list({ call: 'invoice.check', with: { count: 0, total: 1 } }),
    };
    const { handle, incident } = await parked(definition);
    expect(incident.problem.detail).toContain('cannot be divided');
    await operate(handle, incident, { act: 'skip', output: 'nothing to divide' });
    expect(await handle.result()).toBe('nothing to divide');
    expect(checks, 'tasks that were done are not done again').toBe(1);
  });

  it('should park when the workflow’s time is up, give it the same time again, and end it with a reason', async () => {
    const definition = {
      timeout: { after: 'PT1.5S' },
      do: list({ wait: 'PT2S' }, { call: 'invoice.check', with: { done: true } }),
    };
    const { handle, incident } = await parked(definition);
    expect(incident.problem).toMatchObject({ status: 408, detail: 'the workflow did not end in time' });
    await operate(handle, incident, { act: 'retry' });
    expect(await handle.result(), 'the wait goes on, it does not begin again').toEqual({ done: true });

    const late = await parked({ timeout: { after: 'PT0.1S' }, do: list({ wait: 'PT1H' }) });
    await operate(late.handle, late.incident, { act: 'end', reason: 'too late anyway' });
    expect((await problemOf(late.handle)).detail).toContain('Ended by an operator: too late anyway');
  });

  it('should try again what was parked itself when the time was up', async () => {
    const definition = { timeout: { after: 'PT1S' }, do: list({ call: 'no.such' }) };
    const { handle, incident } = await parked(definition);
    const late = await eventually(async () => {
      const { incidents } = Progress.parse(await handle.query(MESSAGES.progress));
      return incidents.find(({ id }) => id !== incident.id);
    });
    expect(late.reference).toBe('/');
    await operate(handle, late, { act: 'retry' });
    const next = await eventually(async () => {
      const { incidents } = Progress.parse(await handle.query(MESSAGES.progress));
      return incidents.find(({ reference, id }) => reference === '/do/0/t0' && id !== incident.id);
    });
    expect(next.problem.detail).toContain('there is no function "no.such"');
    await handle.terminate();
  });

  it('should not park for what the definition raises itself', async () => {
    const definition = { do: list({ raise: { error: { type: 'urn:meant', status: 409 } } }) };
    const handle = await engine.begin(definition, {}, { onFault: 'park' });
    expect(await problemOf(handle)).toMatchObject({ type: 'urn:meant' });
  });

  it('should stay at a task that leads nowhere, with its output', async () => {
    checks = 0;
    const definition = { do: list({ call: 'invoice.check', with: { n: 1 }, then: 'nowhere' }) };
    const { handle, incident } = await parked(definition);
    expect(incident).toMatchObject({ reference: '/', problem: { type: expect.stringContaining('configuration') } });
    await operate(handle, incident, { act: 'skip', output: 'ended by hand' });
    expect([await handle.result(), checks]).toEqual(['ended by hand', 1]);
  });
});

it('should park a run that goes round and round, and let an operator end it', async () => {
  const state = {
    input: {},
    startedAt: 0,
    context: {},
    root: { at: 0, data: {} },
    calls: {},
    inbox: { next: 0, events: [] },
  };
  const more = { tasks: [], incidents: [], suspended: false, secretsToken: 'token', steps: 999_990 };
  const args: AutomationInput = {
    definition: toDefinition({ do: [{ round: { ...set({}), then: 'round' } }] }),
    hash: 'sha256:test',
    input: null,
    options: { onFault: 'park' },
    resume: pack({ ...state, ...more }),
  };
  const handle = await engine.env.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'round',
    taskQueue: taskQueue('engine'),
    args: [args],
  });
  const incident = await incidentOf(handle);
  expect(incident).toMatchObject({ reference: '/do/0/round' });
  expect(incident.problem.detail).toContain('1000000 tasks have run: is there an endless loop');
  await operate(handle, incident, { act: 'end', reason: 'it was one' });
  expect((await problemOf(handle)).detail).toContain('it was one');
});

describe('what is too large to hand on', () => {
  const large = 'x'.repeat(1_400_000);

  it('should park a call before Temporal would end the run, and go on with less', async () => {
    const definition = { do: list({ call: 'invoice.check', with: { a: '${ . }', b: '${ . + "y" }' } }) };
    const { handle, incident } = await parked(definition, large);
    expect(incident.problem.detail).toMatch(/what "t0" hands to invoice.check is too large: 2.7 MB, at most 1.9 MB/);
    await operate(handle, incident, { act: 'skip', output: 'less' });
    expect(await handle.result()).toBe('less');
  });

  it('should park an output', async () => {
    const { handle, incident } = await parked({ do: list(set({ a: '${ . }', b: '${ . + "y" }' })) }, large);
    expect(incident.problem.detail).toContain('the output of the workflow is too large');
    await operate(handle, incident, { act: 'end', reason: 'a file is better' });
    expect((await problemOf(handle)).detail).toContain('a file is better');
  });

  it('should park a run that has grown too much to continue as new', async () => {
    const grow = { set: { kept: '${ .kept? // [$workflow.input + "1", $workflow.input + "2"] }' }, then: 'call' };
    const call = { call: 'invoice.check', with: {}, output: { as: '$input' }, then: 'grow' };
    const { handle, incident } = await parked({ do: [{ grow }, { call }] }, large.slice(0, 800_000));
    expect(incident.problem.detail).toMatch(/what the run has to remember is too large: 2.3 MB, at most 1.9/);
    expect(incident.reference).toMatch(/^\/do\/\d/);
    await operate(handle, incident, { act: 'end', reason: 'mended elsewhere' });
    expect((await problemOf(handle)).detail).toContain('mended elsewhere');
  });
});
