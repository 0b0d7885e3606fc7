import { existsSync } from 'node:fs';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { applicationException, businessException } from '../core/model/problem.ts';
import { QUEUE_ACTIVITIES, QUEUE_MESSAGES, QUEUE_WORKFLOW_TYPE, type QueueItem } from '../core/model/queue.ts';
import { MESSAGES, taskQueue, type RepeatInput } from '../core/model/run.ts';
import { GATE, type AcquireRequest } from '../core/model/target-gate.ts';
import { historyFile, recordHistory, replayHistory } from '../tests/support/histories.ts';
import { Engine, eventually, failure, toDefinition } from '../tests/support/temporal.ts';

/** Workflows that live as long as the installation: an update of the product always finds them in the middle. */
const STANDING: Record<string, (client: Client, workflowId: string) => Promise<WorkflowHandle>> = {
  'work-queue': async (client, workflowId) => {
    const handle = await client.workflow.start(QUEUE_WORKFLOW_TYPE, {
      workflowId,
      taskQueue: taskQueue('engine'),
      args: [{ name: 'recorded' }],
    });
    for (const id of ['done', 'refused', 'later']) await handle.signal(QUEUE_MESSAGES.add, itemOf(id));
    await handle.signal(QUEUE_MESSAGES.pause, { by: 'operator@x.example', reason: 'month end' });
    await handle.signal(QUEUE_MESSAGES.resume);
    await until(handle, 1, (event) => event.timerStartedEventAttributes);
    await handle.signal(QUEUE_MESSAGES.withdraw, 'later');
    await answered(handle);
    return handle;
  },
  'target-gate': async (client, workflowId) => {
    const handle = await client.workflow.start(GATE.workflow, {
      workflowId,
      taskQueue: taskQueue('engine'),
      args: [{ leases: [], begun: [] }],
    });
    const ask = (holder: string) =>
      handle.executeUpdate<unknown, [AcquireRequest]>(GATE.acquire, {
        args: [{ holder, user: 'bot', limits: { sessions: 1 }, leaseMs: 60_000, waitMs: 10_000 }],
      });
    await ask('first');
    const second = ask('second');
    await handle.signal(GATE.release, 'first');
    await second;
    await answered(handle);
    return handle;
  },
  repeat: async (client, workflowId) => {
    const start: RepeatInput['start'] = {
      definition: toDefinition({ do: [{ one: { set: 1 } }] }),
      hash: 'sha256:test',
      input: {},
      options: { onFault: 'fail' },
    };
    const input: RepeatInput = { start, afterMs: 100, name: 'test.recorded', memo: {} };
    const handle = await client.workflow.start('repeat', { workflowId, taskQueue: taskQueue('engine'), args: [input] });
    await until(handle, 2, (event) => event.childWorkflowExecutionCompletedEventAttributes);
    await handle.signal(MESSAGES.replace, { ...input, afterMs: 3_600_000 });
    await answered(handle);
    return handle;
  },
};

type Event = temporal.api.history.v1.IHistoryEvent;

/** Waits until so many events of a kind have happened. */
async function until(handle: WorkflowHandle, count: number, kind: (event: Event) => unknown): Promise<void> {
  await eventually(async () => {
    const { events } = await handle.fetchHistory();
    return (events ?? []).filter((event) => kind(event) != null).length >= count ? true : undefined;
  });
}

/** Waits until the workflow has dealt with what it was told last. */
async function answered(handle: WorkflowHandle): Promise<void> {
  await eventually(async () => {
    const events = (await handle.fetchHistory()).events ?? [];
    const told = events.findLastIndex((event) => event.workflowExecutionSignaledEventAttributes != null);
    return events.slice(told).some((event) => event.workflowTaskCompletedEventAttributes != null) ? true : undefined;
  });
}

const itemOf = (id: string): QueueItem => ({
  id,
  function: 'ledger.post',
  reference: id,
  title: id,
  priority: 'normal',
  args: `sha256:${'0'.repeat(64)}`,
  call: {
    run: 'recorded-run',
    definition: { namespace: 'test', name: 'recorded', version: '1.0.0', hash: 'sha256:test' },
    task: '/do/0/post',
    key: id,
  },
});

describe.runIf(process.env['ZAPLECZE_RECORD'])('recording', () => {
  it('should record what is not recorded yet', async () => {
    let done = 0;
    const engine = await Engine.start({
      stubs: {
        [QUEUE_ACTIVITIES.work]: () => {
          done += 1;
          if (done === 2) throw failure(businessException('unknown-supplier', 'no such supplier'));
          if (done === 3)
            throw failure(applicationException('communication', 'the target is down', { retryable: true }));
          return { record: 'R-1' };
        },
      },
    });
    for (const [name, live] of Object.entries(STANDING)) {
      if (existsSync(historyFile(name))) continue;
      const handle = await live(engine.env.client, `recorded-${name}`);
      await recordHistory(name, handle);
      await handle.terminate();
    }
    await engine.stop();
  });
});

describe('a workflow that outlives an update', () => {
  it.each(Object.keys(STANDING))('should take the same steps again: %s', async (name) => {
    await expect(replayHistory(name, `recorded-${name}`)).resolves.toBeUndefined();
  });
});
