import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { LIFECYCLE_ACTIVITY, MESSAGES, Progress } from '../../core/model/run.ts';
import { Engine, eventually, problemOf } from '../../tests/support/temporal.ts';

let engine: Engine;
let told: CloudEvent[] = [];

beforeAll(async () => {
  engine = await Engine.start({
    serverArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
    stubs: {
      [LIFECYCLE_ACTIVITY]: ({ events }: { events: CloudEvent[] }) => void told.push(...events),
      'invoice.check': (args) => args,
    },
  });
});
beforeEach(() => {
  told = [];
});
afterAll(async () => engine.stop());

const set = { set: { a: 1 } };
const kinds = () => told.map(({ type }) => type.replace('io.serverlessworkflow.', '').replace('.v1', ''));
/** The statuses that a run, or its tasks or one of them, was told to have. */
const statuses = (subject: 'workflow' | 'task', reference?: string) =>
  told
    .filter(({ type }) => type === `io.serverlessworkflow.${subject}.status-changed.v1`)
    .map(({ data }) => data as { status: string; task?: string })
    .filter(({ task }) => reference === undefined || task === reference)
    .map(({ status }) => status);
const tasks = () => told.map(({ type, data }) => `${type.split('.')[3]} ${(data as { task?: string }).task}`);

describe('lifecycle events', () => {
  it('should tell of a run, in order, with ids of their own', async () => {
    const handle = await engine.begin({ do: [{ set }] }, {}, { lifecycle: 'workflow' });
    await handle.result();
    expect(kinds()).toEqual(['workflow.started', 'workflow.completed']);
    expect(told[0]).toMatchObject({
      id: `${handle.workflowId}/lifecycle/1`,
      source: '/test/test/1.0.0',
      subject: handle.workflowId,
      data: { name: handle.workflowId, definition: { namespace: 'test', name: 'test', version: '1.0.0' } },
    });
    expect(Object.keys(told[1]?.data as object)).toEqual(['name', 'completedAt']);
  });

  it('should tell of tasks where that is wanted, of skipped ones nothing, of retries each', async () => {
    const retry = { limit: { attempt: { count: 1 } } };
    const fails = { raise: { error: { type: 'urn:x', status: 500 } } };
    const catches = { catch: { retry, do: [{ set }] } };
    await engine.run(
      { do: [{ not: { ...set, if: 'false' } }, { attempt: { try: [{ fails }], ...catches } }] },
      {},
      {
        lifecycle: 'all',
      },
    );
    expect(tasks()).toEqual([
      'started undefined',
      'created /do/1/attempt',
      'started /do/1/attempt',
      ...['created', 'started', 'faulted'].map((what) => `${what} /do/1/attempt/try/0/fails`),
      'retried /do/1/attempt',
      ...['created', 'started', 'faulted'].map((what) => `${what} /do/1/attempt/try/0/fails`),
      ...['created', 'started', 'completed'].map((what) => `${what} /do/1/attempt/catch/do/0/set`),
      'completed /do/1/attempt',
      'completed undefined',
    ]);
    expect(told[5]?.data).toMatchObject({ error: { type: 'urn:x', status: 500 } });
  });

  it('should tell of suspending, resuming and cancelling', async () => {
    const handle = await engine.begin({ do: [{ rest: { wait: 'PT1H' } }] }, {}, { lifecycle: 'all' });
    await eventually(async () => (kinds().includes('task.started') ? true : undefined));
    for (const act of ['suspend', 'suspend', 'resume', 'cancel'] as const) await handle.signal(MESSAGES[act]);
    await handle.result().catch(() => undefined);
    expect(kinds().slice(3)).toEqual([
      'workflow.suspended',
      'workflow.resumed',
      'task.cancelled',
      'workflow.cancelled',
    ]);
  });

  it('should tell of a fault with its error, and of a parked task as suspended', async () => {
    const handle = await engine.begin(
      { do: [{ odd: { call: 'no.such' } }] },
      {},
      { lifecycle: 'all', onFault: 'park' },
    );
    const incident = await eventually(async () => Progress.parse(await handle.query(MESSAGES.progress)).incidents[0]);
    await handle.executeUpdate(MESSAGES.operate, { args: [{ act: 'end', incident: incident.id, reason: 'odd' }] });
    await problemOf(handle);
    expect(kinds()).toEqual([
      'workflow.started',
      'task.created',
      'task.started',
      'task.suspended',
      'task.faulted',
      'workflow.faulted',
    ]);
    expect(told.at(-1)?.data).toMatchObject({ error: { status: 400 } });
  });

  it('should tell of each change of status, and only where that is wanted', async () => {
    await engine.run({ do: [{ rest: { wait: 'PT0.1S' } }, { set }] }, {}, { lifecycle: 'all', lifecycleStatus: true });
    expect(statuses('workflow')).toEqual(['running', 'waiting', 'completed']);
    expect(statuses('task', '/do/0/rest')).toEqual(['pending', 'running', 'waiting', 'running', 'completed']);
    expect(statuses('task', '/do/1/set')).toEqual(['pending', 'running', 'completed']);
    const [first] = told.filter(({ type }) => type.endsWith('.workflow.status-changed.v1'));
    expect(first?.data).toEqual({ name: first?.subject, status: 'running', updatedAt: first?.time });
    told = [];
    await engine.run({ do: [{ set }] }, {}, { lifecycle: 'workflow', lifecycleStatus: true });
    expect([statuses('workflow'), statuses('task')]).toEqual([['running', 'completed'], []]);
  });

  it('should tell the status of what is suspended, goes on and is cancelled', async () => {
    const options = { lifecycle: 'workflow', lifecycleStatus: true } as const;
    const handle = await engine.begin({ do: [{ rest: { wait: 'PT1H' } }] }, {}, options);
    const seen = (status: string) => eventually(async () => statuses('workflow').at(-1) === status || undefined);
    await seen('waiting');
    await handle.signal(MESSAGES.suspend);
    await seen('suspended');
    await handle.signal(MESSAGES.resume);
    await seen('waiting');
    await handle.signal(MESSAGES.cancel);
    await handle.result().catch(() => undefined);
    expect(statuses('workflow')).toEqual(['running', 'waiting', 'suspended', 'running', 'waiting', 'cancelled']);
  });

  it('should tell of a parked run as suspended, and of the fault that ends it', async () => {
    const options = { lifecycle: 'all', lifecycleStatus: true, onFault: 'park' } as const;
    const handle = await engine.begin({ do: [{ odd: { call: 'no.such' } }] }, {}, options);
    const incident = await eventually(async () => Progress.parse(await handle.query(MESSAGES.progress)).incidents[0]);
    await eventually(async () => statuses('workflow').at(-1) === 'suspended' || undefined);
    await handle.executeUpdate(MESSAGES.operate, { args: [{ act: 'end', incident: incident.id, reason: 'odd' }] });
    await problemOf(handle);
    expect(statuses('task')).toEqual(['pending', 'running', 'suspended', 'faulted']);
    expect(statuses('workflow').filter((status) => status !== 'running')).toEqual(['suspended', 'faulted']);
  });

  it('should tell of events that are brought together', async () => {
    const correlate = { order: { from: '.data.order' } };
    const filters = ['a', 'b'].map((type) => ({ with: { type }, correlate }));
    const handle = await engine.begin(
      { do: [{ hear: { listen: { to: { all: filters } } } }] },
      {},
      { lifecycle: 'workflow' },
    );
    for (const type of ['a', 'b']) {
      await handle.signal(MESSAGES.event, { specversion: '1.0', id: type, source: 's', type, data: { order: 7 } });
    }
    await handle.result();
    expect(kinds()).toEqual([
      'workflow.started',
      'workflow.correlation-started',
      'workflow.correlation-completed',
      'workflow.completed',
    ]);
    expect(told[2]?.data).toMatchObject({ correlationKeys: { order: 7 } });
  });

  it('should lose and repeat nothing when the run continues as new, and be bounded', async () => {
    const call = { call: 'invoice.check', with: { n: '${ $item }' } };
    const calls = { for: { in: '[range(0; 30)]' }, do: [{ call }] };
    const definition = { do: [{ calls }, { many: { for: { in: '[range(0; 700)]' }, do: [{ set }] } }] };
    const handle = await engine.begin(definition, {}, { lifecycle: 'all' });
    await handle.result();
    const { historyLength } = await handle.describe();
    expect(historyLength, 'events since the run continued as new').toBeLessThan(200);
    const numbers = told.map(({ id }) => Number(id.split('/').at(-1)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(told.filter(({ type }) => type.includes('.task.'))).toHaveLength(2000);
    expect(kinds().at(-1)).toBe('workflow.completed');
  });

  it('should be silent where nobody wants them', async () => {
    await engine.run({ do: [{ set }] }, {}, { lifecycle: 'none' });
    await engine.run({ do: [{ set }] });
    expect(told).toEqual([]);
  });
});
