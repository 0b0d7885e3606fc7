import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CallInfo } from '../../core/model/call.ts';
import { applicationException, businessException } from '../../core/model/problem.ts';
import { type AddToQueue, QUEUE_ACTIVITIES, type QueueView } from '../../core/model/queue.ts';
import type { QueueDependencies } from '../../activities/queue.ts';
import { showRun } from '../../server/runs/view.ts';
import { createQueues } from '../../intake/queues.ts';
import { Engine, eventually, failure, problemOf } from '../../tests/support/temporal.ts';

let engine: Engine;
let queues: ReturnType<typeof createQueues>;
/** What the worker does with an item. */
let work: (number: string, attempt: number) => unknown;
let done: string[] = [];
let atOnce = 0;
let mostAtOnce = 0;
let name = '';
let books = 0;

type Args = { number: string };

/** An artefact store whose ids tell the arguments. */
const kept: string[] = [];
const artefacts: QueueDependencies['artefacts'] = {
  put({ name: file, mediaType, bytes }) {
    const text = new TextDecoder().decode(bytes);
    const at = kept.includes(text) ? kept.indexOf(text) : kept.push(text) - 1;
    return Promise.resolve({
      id: `sha256:${at.toString(16).padStart(64, '0')}`,
      name: file,
      mediaType,
      size: bytes.length,
    });
  },
};

async function add({ call, ...asked }: z.infer<typeof AddToQueue>): Promise<{ queue: string }> {
  const { number } = asked.args as Args;
  const args = await artefacts.put({
    name: 'x',
    mediaType: 'application/json',
    bytes: new TextEncoder().encode(JSON.stringify(asked.args)),
  });
  const { priority = 'normal', due } = asked.args as { priority?: 'high'; due?: string };
  await queues.add(name, {
    id: asked.id,
    function: asked.function,
    reference: number,
    title: number,
    priority,
    ...(due && { due }),
    args: args.id,
    call,
  });
  return { queue: name };
}

beforeAll(async () => {
  const attempts = new Map<string, number>();
  engine = await Engine.start({
    // Temporal suggests to continue after 4,096 events: a test does not wait for so many.
    serverArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=300'],
    stubs: {
      [QUEUE_ACTIVITIES.add]: (args: z.infer<typeof AddToQueue>) => add(args),
      [QUEUE_ACTIVITIES.withdraw]: ({ queue, id }: { queue: string; id: string }) => queues.withdraw(queue, id),
      async [QUEUE_ACTIVITIES.work]({ args }: { args: string }, _call: CallInfo) {
        const { number } = JSON.parse(kept[Number.parseInt(args.slice(7), 16)] ?? '{}') as Args;
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        const attempt = (attempts.get(name + number) ?? 0) + 1;
        attempts.set(name + number, attempt);
        try {
          const result = await work(number, attempt);
          done.push(number);
          return result ?? { record: `R-${number}` };
        } finally {
          atOnce -= 1;
        }
      },
    },
  });
  queues = createQueues(engine.env.client);
});
afterAll(() => engine.stop());
beforeEach(() => {
  books += 1;
  name = `books-${books}`;
  done = [];
  mostAtOnce = 0;
  work = () => undefined;
});

const post = (number: string, more: object = {}): Promise<WorkflowHandle> =>
  engine.begin({ do: [{ book: { call: 'ledger.post', with: { number, ...more } } }] });
const view = (): Promise<QueueView> => queues.show(name);
const until = (wanted: (view: QueueView) => boolean): Promise<QueueView> =>
  eventually(async () => {
    // The queue is there with its first item.
    const seen = await view().catch(() => undefined);
    return seen && wanted(seen) ? seen : undefined;
  });

it('should do one at a time what many runs ask for, and tell each its own result', async () => {
  work = () => new Promise((resolve) => setTimeout(resolve, 20));
  const runs = await Promise.all(Array.from({ length: 12 }, (_, i) => post(`N${i}`)));
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results).toEqual(Array.from({ length: 12 }, (_, i) => ({ record: `R-N${i}` })));
  expect(mostAtOnce).toBe(1);
  expect(await view()).toMatchObject({ state: 'idle', items: [] });
  expect((await view()).recent).toHaveLength(12);
});

it('should hold everything while it is paused, and go on by priority and due date', async () => {
  await queues.pause(name, { by: 'anna', reason: 'the books are being closed' });
  const runs = [
    await post('later', { due: '2026-12-02' }),
    await post('sooner', { due: '2026-12-01' }),
    await post('urgent', { priority: 'high' }),
  ];
  const held = await until(({ items }) => items.length === 3);
  expect(held).toMatchObject({ state: 'paused', paused: { by: 'anna' } });
  expect(done).toEqual([]);
  await queues.resume(name);
  await Promise.all(runs.map((run) => run.result()));
  expect(done).toEqual(['urgent', 'sooner', 'later']);
});

it('should do once what two runs ask for at the same time', async () => {
  await queues.pause(name, { by: 'anna', reason: 'x' });
  const runs = [await post('same'), await post('same'), await post('same', { due: '2026-12-01' })];
  await until(({ items }) => items.length === 3);
  await queues.resume(name);
  expect(await Promise.all(runs.map((run) => run.result()))).toEqual(
    Array.from({ length: 3 }, () => ({ record: 'R-same' })),
  );
  // The third said something else: it is done after the first, and finds what is there.
  expect(done).toEqual(['same', 'same']);
});

it('should give a business exception back at once, and try others meanwhile', async () => {
  work = (number) => {
    if (number === 'bad') throw failure(businessException('unknown-supplier', 'nobody knows them'));
  };
  const [bad, good] = [await post('bad'), await post('good')];
  expect(await problemOf(bad)).toMatchObject({ title: 'unknown-supplier', instance: '/do/0/book' });
  expect(await good.result()).toEqual({ record: 'R-good' });
  expect((await view()).recent.map(({ reference, state }) => [reference, state])).toContainEqual(['bad', 'failed']);
});

it('should wait for a target that is down, without counting attempts, and look at once when it is told to', async () => {
  let down = true;
  work = () => {
    if (down) throw failure(applicationException('communication', 'nothing listens there'));
  };
  const runs = [await post('a'), await post('b')];
  const seen = await until(({ state }) => state === 'target-down');
  expect(seen).toMatchObject({ problem: { title: 'communication' } });
  expect(seen.items.map(({ attempts }) => attempts)).toEqual([0, 0]);
  const { progress, retrying } = await showRun(engine.env.client, runs[0]?.workflowId ?? '');
  expect(progress).toMatchObject({ status: 'running', tasks: [{ status: 'running', queue: name }] });
  expect(retrying).toMatchObject([{ call: 'ledger.post', detail: 'nothing listens there' }]);
  down = false;
  await queues.retry(name);
  await Promise.all(runs.map((run) => run.result()));
  expect(done.sort()).toEqual(['a', 'b']);
});

it('should pause itself when the login is refused, so that nobody is locked out', async () => {
  let right = false;
  work = () => {
    if (!right) throw failure(applicationException('authentication', 'wrong password', { retryable: false }));
  };
  const runs = [await post('a'), await post('b')];
  const seen = await until(({ state }) => state === 'paused');
  expect(seen).toMatchObject({ paused: { by: 'queue', reason: 'wrong password' } });
  expect(seen.items.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
  right = true;
  await queues.resume(name);
  await Promise.all(runs.map((run) => run.result()));
});

it('should try again what failed by itself, and give it back in the end', async () => {
  work = (number, attempt) => {
    if (number === 'always' || attempt < 2) throw failure(applicationException('timeout', 'too slow'));
  };
  expect(await (await post('once')).result()).toEqual({ record: 'R-once' });
  const always = await post('always');
  // Pauses grow to a minute: an operator does not wait for them.
  const hurry = setInterval(() => void queues.retry(name), 200);
  expect(await problemOf(always)).toMatchObject({ title: 'timeout' });
  clearInterval(hurry);
  expect((await view()).recent[0]).toMatchObject({ state: 'failed', attempts: 6 });
});

it('should forget what a cancelled run asked for, also while it is under way', async () => {
  await queues.pause(name, { by: 'anna', reason: 'x' });
  const run = await post('waiting');
  await until(({ items }) => items.length === 1);
  await run.cancel();
  await until(({ items }) => items.length === 0);
  expect((await view()).recent[0]).toMatchObject({ state: 'withdrawn' });
  await queues.resume(name);
  expect(done).toEqual([]);
});

it('should keep what it holds when its history continues as new', async () => {
  await queues.pause(name, { by: 'anna', reason: 'x' });
  const run = await post('kept');
  await until(({ items }) => items.length === 1);
  const first = (await engine.env.client.workflow.getHandle(`queue:${name}`).describe()).runId;
  for (let i = 0; i < 4; i += 1) await Promise.all(Array.from({ length: 100 }, () => queues.retry(name)));
  await eventually(async () => {
    const { runId } = await engine.env.client.workflow.getHandle(`queue:${name}`).describe();
    return runId === first ? undefined : runId;
  }, 60_000);
  expect(await view()).toMatchObject({ state: 'paused', items: [{ reference: 'kept' }] });
  await queues.resume(name);
  expect(await run.result()).toEqual({ record: 'R-kept' });
});

it('should say that there is no queue of that name', async () => {
  await expect(queues.show('nobody')).rejects.toMatchObject({ problem: { status: 404 } });
  await expect(queues.resume('nobody')).rejects.toMatchObject({ problem: { status: 404 } });
  expect(await eventually(async () => ((await queues.list()).includes('books-1') ? true : undefined))).toBe(true);
});
