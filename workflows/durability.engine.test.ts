import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { applicationException } from '../core/model/problem.ts';
import { MESSAGES, SEARCH_ATTRIBUTES, type OperatorAct, type Progress } from '../core/model/run.ts';
import { Engine, eventually, failure, problemOf } from '../tests/support/temporal.ts';

/** Suggests continue-as-new after this many events instead of thousands. */
const SHORT_HISTORY = 300;

let engine: Engine;
let broken = true;
const seen: unknown[] = [];
beforeAll(async () => {
  engine = await Engine.start({
    serverArgs: [
      ...['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SHORT_HISTORY}`],
      ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ],
    stubs: {
      'sheet.append': (args) => {
        seen.push(args);
        if (broken) throw failure(applicationException('communication', 'the file is locked', { retryable: false }));
        return { row: 1 };
      },
      'invoice.check': (args) => args,
    },
  });
});
afterAll(async () => engine.stop());

const set = (value: unknown) => ({ set: value });
const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const flow = (...tasks: object[]) => ({ do: list(...tasks) });
const APPEND = { call: 'sheet.append', with: { file: 'a.xlsx' } };
const event = (type: string, data: unknown = null, more: object = {}) => ({
  ...{ specversion: '1.0', id: `${type}-${JSON.stringify(data)}`, source: '/test', type, data },
  ...more,
});
const listen = (to: object, more: object = {}) => ({ listen: { to }, ...more });
const of = (type: string) => ({ with: { type } });

const progressOf = (handle: WorkflowHandle): Promise<Progress> => handle.query<Progress>(MESSAGES.progress);
const untilStatus = (handle: WorkflowHandle, status: Progress['status']) =>
  eventually(async () => {
    const progress = await progressOf(handle);
    return progress.status === status ? progress : undefined;
  });
const act = (handle: WorkflowHandle, args: OperatorAct) =>
  handle.executeUpdate<void, [OperatorAct]>(MESSAGES.operate, { args: [args] });

async function parked(definition: object): Promise<{ handle: WorkflowHandle; incident: string; progress: Progress }> {
  broken = true;
  const handle = await engine.begin(definition, { n: 1 }, { onFault: 'park', searchAttributes: true });
  const progress = await untilStatus(handle, 'parked');
  return { handle, progress, incident: progress.incidents[0]?.id ?? '' };
}

describe('events', () => {
  it.each<[string, object, object[], unknown]>([
    ['one', listen({ one: of('a') }), [event('b'), event('a', 1)], [1]],
    ['any', listen({ any: [of('a'), of('b')] }), [event('b', 2)], [2]],
    [
      'all, in the order of arrival',
      listen({ all: [of('a'), of('b')] }),
      [event('b', 2), event('b', 3), event('a', 1)],
      [2, 1],
    ],
    ['any until a condition', listen({ any: [], until: 'length >= 2' }), [event('a', 1), event('b', 2)], [1, 2]],
    ['any until an event', listen({ any: [of('a')], until: { one: of('z') } }), [event('a', 1), event('z', 0)], [1]],
    [
      'a condition on data',
      listen({ one: { with: { type: 'a', data: '${ . > 1 }' } } }),
      [event('a', 1), event('a', 2)],
      [2],
    ],
    ['a regular expression', listen({ one: of('a\\..*') }), [event('b', 1), event('a.x', 2)], [2]],
    ['the envelope', { listen: { to: { one: of('a') }, read: 'envelope' } }, [event('a', 1)], [event('a', 1)]],
    ['raw data', { listen: { to: { one: of('a') }, read: 'raw' } }, [event('a', { x: 1 })], ['{"x":1}']],
    [
      'foreach',
      listen(
        { any: [of('a')], until: 'length >= 2' },
        { foreach: { item: 'e', do: list(set({ v: '${ $e * 10 + $index }' })), output: { as: '.v' } } },
      ),
      [event('a', 1), event('a', 2)],
      [10, 21],
    ],
    [
      'correlation with the input',
      listen({ one: { with: { type: 'a' }, correlate: { id: { from: '.data.id', expect: '${ .n }' } } } }),
      [event('a', { id: 1 }), event('a', { id: 7 })],
      [{ id: 7 }],
    ],
    [
      'correlation with each other',
      listen({
        all: [
          { ...of('a'), correlate: { r: { from: '.room' } } },
          { ...of('b'), correlate: { r: { from: '.room' } } },
        ],
      }),
      [event('a', 1, { room: 'x' }), event('b', 2, { room: 'y' }), event('b', 3, { room: 'x' })],
      [1, 3],
    ],
    [
      'a listen in a fork in a try',
      { try: list({ fork: { branches: list(listen({ one: of('a') }), listen({ one: of('a') })) } }), catch: {} },
      [event('a', 1)],
      [[1], [1]],
    ],
    [
      'two listens in turn',
      { do: list(listen({ one: of('a') }), listen({ one: of('a') })) },
      [event('a', 1), event('a', 2)],
      [2],
    ],
  ])('should reach %s', async (_, task, events, output) => {
    const handle = await engine.begin(flow(task), { n: 7 });
    for (const one of events) await handle.signal(MESSAGES.event, one);
    expect(await handle.result()).toEqual(output);
  });

  it('should show that a run waits', async () => {
    const handle = await engine.begin(flow(listen({ one: of('a') })), {}, { searchAttributes: true });
    const progress = await untilStatus(handle, 'waiting');
    expect(progress.tasks.at(-1)).toMatchObject({ task: 't0', status: 'waiting' });
    await handle.signal(MESSAGES.event, event('a'));
    await handle.result();
    expect((await progressOf(handle)).status).toBe('completed');
  });
});

describe('parking', () => {
  it('should park at the failing task and go on after a retry with changed arguments', async () => {
    const { handle, incident, progress } = await parked(
      flow({ do: list(set({ a: 1 }), APPEND) }, set({ done: '${ . }' })),
    );
    expect(progress.incidents[0]).toMatchObject({ reference: '/do/0/t0/do/1/t1', input: { a: 1 } });
    expect((await handle.describe()).searchAttributes).toMatchObject({
      ZapleczeState: ['parked'],
      ZapleczeDefinition: ['test/test'],
    });
    broken = false;
    await act(handle, { act: 'retry', incident, with: { file: 'b.xlsx' } });
    expect(await handle.result()).toEqual({ done: { row: 1 } });
    expect(seen.at(-1)).toEqual({ file: 'b.xlsx' });
  });

  it('should go on after a skip with the given output', async () => {
    const { handle, incident } = await parked(flow(APPEND, set({ row: '${ .row }' })));
    await act(handle, { act: 'skip', incident, output: { row: 9 } });
    expect(await handle.result()).toEqual({ row: 9 });
  });

  it('should end on demand, past any catch', async () => {
    const { handle, incident } = await parked(flow({ try: list(APPEND), catch: { errors: { with: { status: 1 } } } }));
    await act(handle, { act: 'end', incident, reason: 'wrong supplier' });
    expect(await problemOf(handle)).toMatchObject({
      status: 500,
      detail: expect.stringContaining('wrong supplier') as string,
    });
  });

  it('should park again where the retry fails too, and refuse acts on what is decided', async () => {
    const { handle, incident } = await parked(flow(APPEND));
    await act(handle, { act: 'retry', incident });
    const next = await eventually(async () => (await progressOf(handle)).incidents.find(({ id }) => id !== incident));
    await expect(act(handle, { act: 'skip', incident })).rejects.toThrow();
    await act(handle, { act: 'skip', incident: next.id, output: 1 });
    expect(await handle.result()).toBe(1);
  });

  it('should not park what a try deals with, what is raised, nor in a competition that another branch wins', async () => {
    broken = true;
    const park = { onFault: 'park' } as const;
    expect(await engine.run(flow({ try: list(APPEND), catch: { do: list(set(1)) } }), {}, park)).toBe(1);
    const raise = { raise: { error: { type: 'a:b', status: 1 } } };
    expect(await engine.fault(flow(raise), {}, park)).toMatchObject({ status: 1 });
    const race = { fork: { compete: true, branches: list(APPEND, { do: list({ wait: 'PT0.5S' }, set(2)) }) } };
    expect(await engine.run(flow(race), {}, park)).toBe(2);
  });
});

describe('control', () => {
  it('should suspend before the next task and resume', async () => {
    const handle = await engine.begin(flow({ wait: 'PT1S' }, set({ n: 1 })));
    await handle.signal(MESSAGES.suspend);
    await untilStatus(handle, 'suspended');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.signal(MESSAGES.resume);
    expect(await handle.result()).toEqual({ n: 1 });
  });

  it('should cancel by signal and by Temporal', async () => {
    const bySignal = await engine.begin(flow({ wait: 'PT1H' }));
    await bySignal.signal(MESSAGES.cancel);
    await expect(bySignal.result()).rejects.toMatchObject({ cause: { type: 'cancelled' } });
    const byTemporal = await engine.begin(flow({ try: list({ wait: 'PT1H' }), catch: {} }));
    await byTemporal.cancel();
    await expect(byTemporal.result()).rejects.toThrow();
    expect((await byTemporal.describe()).status.name).toBe('CANCELLED');
  });
});

describe('long runs', () => {
  it('should continue as new inside a loop of 3,000 iterations, in nested lists, and lose nothing', async () => {
    const loop = {
      for: { in: '[range(3000)]' },
      do: list({
        do: list(set('${ . + 1 }'), {
          if: '$index % 12 == 0',
          call: 'invoice.check',
          with: { n: '${ . }' },
          output: { as: '.n' },
        }),
      }),
    };
    const handle = await engine.begin(flow({ try: list(loop), catch: {} }, set({ n: '${ . }' })), 0);
    const { firstExecutionRunId } = handle as { firstExecutionRunId?: string };
    expect(await handle.result()).toEqual({ n: 3000 });
    expect((await handle.describe()).runId).not.toBe(firstExecutionRunId);
    expect((await handle.describe()).historyLength).toBeLessThan(2 * SHORT_HISTORY);
  });

  it('should keep events, incidents and the branches of a fork over continue-as-new', async () => {
    broken = true;
    const busy = {
      for: { in: '[range(120)]' },
      do: list({ call: 'invoice.check', with: { i: '${ $index }' }, output: { as: '.i' } }),
    };
    const branches = list(
      busy,
      APPEND,
      { do: list(listen({ one: of('a') }), listen({ one: of('b') })) },
      { wait: 'PT2S' },
    );
    const handle = await engine.begin(flow({ fork: { branches } }), 5, { onFault: 'park' });
    const { firstExecutionRunId } = handle as { firstExecutionRunId?: string };
    await handle.signal(MESSAGES.event, event('b', 2));
    await eventually(async () => ((await handle.describe()).runId === firstExecutionRunId ? undefined : true));
    await handle.signal(MESSAGES.event, event('a', 1));
    const [incident] = (await untilStatus(handle, 'parked')).incidents;
    await act(handle, { act: 'skip', incident: incident?.id ?? '', output: 'skipped' });
    expect(await handle.result()).toEqual([119, 'skipped', [2], 5]);
  });
});
