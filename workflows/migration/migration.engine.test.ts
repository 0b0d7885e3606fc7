import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationException } from '../../core/model/problem.ts';
import { MESSAGES, Progress } from '../../core/model/run.ts';
import { Engine, eventually, failure, toDefinition } from '../../tests/support/temporal.ts';

let engine: Engine;
const subscriptions: string[][] = [];

beforeAll(async () => {
  engine = await Engine.start({
    stubs: {
      'invoice.check': ({ n }: { n: unknown }) => {
        if (n !== 'right') throw failure(applicationException('validation', 'n is not right', { retryable: false }));
        return { checked: n };
      },
      'event.subscribe': ({ types }: { types: string[] }) => void subscriptions.push(types),
    },
  });
});
afterAll(async () => engine.stop());

const version = (number: string, tasks: object[], more: object = {}) =>
  toDefinition({ document: { dsl: '1.0.3', namespace: 'test', name: 'moves', version: number }, do: tasks, ...more });
const check = (n: string) => ({ check: { call: 'invoice.check', with: { n } } });
const set = (name: string, value: unknown) => ({ [name]: { set: value } });

async function status(handle: WorkflowHandle, wanted: Progress['status']): Promise<Progress> {
  return eventually(async () => {
    const progress = Progress.parse(await handle.query(MESSAGES.progress));
    return progress.status === wanted ? progress : undefined;
  });
}

const migrate = (handle: WorkflowHandle, definition: object): Promise<unknown> =>
  handle.executeUpdate(MESSAGES.migrate, { args: [{ definition, hash: 'sha256:new' }] });

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'moved',
    (error: unknown) => (error instanceof WorkflowUpdateFailedError ? (error.cause?.message ?? '') : String(error)),
  );

describe('a run that is moved into another version', () => {
  it('goes on from the task at which it was parked, by that task’s new text', async () => {
    const old = version('1.0.0', [set('first', { a: 1 }), check('wrong'), set('last', { by: 'old' })]);
    const mended = version('1.1.0', [
      set('zeroth', 'never run'),
      set('first', 'not run again'),
      check('right'),
      set('last', '${ { by: "new", got: . } }'),
    ]);
    const handle = await engine.begin(old, {}, { onFault: 'park' });
    await status(handle, 'parked');
    await migrate(handle, mended);
    const parked = await eventually(async () => {
      const progress = Progress.parse(await handle.query(MESSAGES.progress));
      return progress.definition.version === '1.1.0' ? progress : undefined;
    });
    expect(parked).toMatchObject({ status: 'parked', incidents: [{ reference: '/do/2/check' }] });
    const incident = parked.incidents[0]?.id;
    await handle.executeUpdate(MESSAGES.operate, { args: [{ act: 'retry', incident }] });
    expect(await handle.result()).toEqual({ by: 'new', got: { checked: 'right' } });
    expect(await handle.describe()).toMatchObject({ memo: { version: '1.1.0' } });
  });

  it.each([
    ['do', (tasks: object[]) => ({ do: tasks })],
    ['for', (tasks: object[]) => ({ for: { in: '[1]' }, do: tasks })],
    ['try', (tasks: object[]) => ({ try: tasks, catch: { errors: { with: { status: 1 } } } })],
    [
      'catch',
      (tasks: object[]) => ({
        try: [{ fail: { raise: { error: { type: 'https://e.example/x', status: 418 } } } }],
        catch: { do: tasks },
      }),
    ],
  ])('finds its place inside %s', async (_, around) => {
    const old = version('1.0.0', [{ scope: around([check('wrong')]) }]);
    const mended = version('1.1.0', [{ scope: around([set('more', 1), check('right')]) }]);
    const handle = await engine.begin(old, {}, { onFault: 'park' });
    await status(handle, 'parked');
    await migrate(handle, mended);
    const { incidents } = await eventually(async () => {
      const progress = Progress.parse(await handle.query(MESSAGES.progress));
      return progress.definition.version === '1.1.0' ? progress : undefined;
    });
    await handle.executeUpdate(MESSAGES.operate, { args: [{ act: 'retry', incident: incidents[0]?.id }] });
    expect(await handle.result()).toEqual({ checked: 'right' });
  });

  it('listens for what the new version listens for', async () => {
    const wait = (type: string) => ({ wait: { listen: { to: { one: { with: { type } } } } } });
    const handle = await engine.begin(version('1.0.0', [wait('old')]));
    await status(handle, 'waiting');
    await migrate(handle, version('1.1.0', [wait('new'), set('end', 'new')]));
    await eventually(async () => (subscriptions.some((types) => types.includes('new')) ? true : undefined));
    await handle.signal(MESSAGES.event, { specversion: '1.0', id: '1', source: 's', type: 'new' });
    expect(await handle.result()).toBe('new');
  });

  it('is refused in words, and stays as it was, where its task is gone or of another kind', async () => {
    const handle = await engine.begin(version('1.0.0', [{ scope: { do: [check('wrong')] } }]), {}, { onFault: 'park' });
    await status(handle, 'parked');
    expect(await refusal(migrate(handle, version('1.1.0', [set('other', 1)])))).toContain('no task with that name');
    const otherKind = version('1.1.0', [{ scope: { for: { in: '[1]' }, do: [check('right')] } }]);
    expect(await refusal(migrate(handle, otherKind))).toContain('would become "for"');
    const other = toDefinition({
      document: { dsl: '1.0.3', namespace: 'test', name: 'else', version: '1.0.0' },
      do: [],
    });
    expect(await refusal(migrate(handle, other))).toContain('not of test/else');
    expect(await status(handle, 'parked')).toMatchObject({ definition: { version: '1.0.0' } });
    await handle.terminate();
  });
});
