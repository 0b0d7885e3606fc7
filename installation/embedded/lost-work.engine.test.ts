import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { activityInfo } from '@temporalio/activity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { documentRead } from '../../core/catalogue/document-read.ts';
import { type AutomationInput, SUBSCRIBE_ACTIVITY, taskQueue, WORKFLOW_TYPE } from '../../core/model/run.ts';
import { temporalExecutable, toDefinition, workflowBundle } from '../../tests/support/temporal.ts';
import { giveBackLostWork } from './lost-work.ts';

/** Far less than the heartbeat's limit, after which Temporal itself would notice. */
const SOON_MS = 30_000;
let env: TestWorkflowEnvironment;
let engine: Worker;
let running: Promise<void>;

beforeAll(async () => {
  env = await TestWorkflowEnvironment.createLocal({
    server: { executable: temporalExecutable(), log: { format: 'pretty', level: 'error' } },
  });
  engine = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: taskQueue('engine'),
    workflowBundle: await workflowBundle(),
    activities: { [SUBSCRIBE_ACTIVITY]: () => null },
  });
  running = engine.run();
});
afterAll(async () => {
  engine.shutdown();
  await running;
  await env.teardown();
});

const file = { id: `sha256:${'0'.repeat(64)}`, name: 'a.pdf', mediaType: 'application/pdf', size: 1 };
const DEFINITION = toDefinition({ do: [{ read: { call: documentRead.name, with: { file } } }] });

/** Takes the next activity as a worker does that is killed before it answers. */
async function takeAndDie() {
  const { attempt, activityId } = await env.client.withDeadline(Date.now() + SOON_MS, () =>
    env.client.workflowService.pollActivityTaskQueue({
      namespace: env.client.options.namespace,
      taskQueue: { name: taskQueue('documents') },
      identity: 'killed',
    }),
  );
  return { attempt, activityId: activityId ?? '' };
}

it('should give lost work to the next worker at once, and not count a crash as an attempt', async () => {
  const args: AutomationInput = {
    definition: DEFINITION,
    hash: 'sha256:test',
    input: {},
    options: { onFault: 'park' },
  };
  const handle = await env.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'lost',
    taskQueue: taskQueue('engine'),
    args: [args],
  });
  // Real failures use up all attempts but the last, which is then lost.
  const last = documentRead.limits?.attempts ?? 0;
  for (let attempt = 1; attempt < last; attempt += 1) {
    const { activityId } = await takeAndDie();
    await env.client.activity.fail({ workflowId: 'lost', activityId }, ApplicationFailure.retryable('real'));
  }
  expect((await takeAndDie()).attempt).toBe(last);
  const lostAt = Date.now();
  expect(await giveBackLostWork(env.client)).toBe(1);
  expect((await takeAndDie()).attempt).toBe(1);
  expect(await giveBackLostWork(env.client)).toBe(1);
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: taskQueue('documents'),
    activities: { [documentRead.name]: () => ({ attempt: activityInfo().attempt }) },
  });
  expect(await worker.runUntil(handle.result())).toEqual({ attempt: 1 });
  expect(await giveBackLostWork(env.client)).toBe(0);
  expect(Date.now() - lostAt).toBeLessThan(SOON_MS);
});
