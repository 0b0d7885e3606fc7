import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OutgoingApprovalMail } from '../../../activities/approvals/index.ts';
import { createApprovalActivities } from '../../../activities/approvals/index.ts';
import { CAPABILITIES } from '../../../core/catalogue/define.ts';
import { taskQueue, WORKFLOW_TYPE } from '../../../core/model/run.ts';
import { createApp } from '../../../server/app.ts';
import { openKeyRing } from '../../../installation/keys/key-ring.ts';
import { createNames } from '../../../installation/keys/names.ts';
import { createDecisionKeys } from '../../../installation/keys/decision-keys.ts';
import { createTokens } from '../../../server/site/tokens.ts';
import { openStore } from '../../../store/index.ts';
import { decide, invoice, linkIn, pageTokenOf, post, settings } from '../../support/approvals.ts';
import { eventually, quiet, temporalExecutable, toDefinition } from '../../support/temporal.ts';

const ANNA = 'anna@huta.example';

let dir: string;
beforeAll(async () => {
  quiet();
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-builds-'));
});
afterAll(async () => rm(dir, { recursive: true }));

/** The workflow code of today, or as a build from before its patches had it. */
function build(age: 'older' | 'newer'): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../../workflows/automation.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
    ...(age === 'older' && {
      webpackConfigHook: ({ resolve = {}, ...config }) => {
        // The SDK writes its own aliases as an object.
        const known = Array.isArray(resolve.alias) ? {} : resolve.alias;
        const older = fileURLToPath(new URL('older-build.ts', import.meta.url));
        return { ...config, resolve: { ...resolve, alias: { ...known, '@temporalio/workflow$': older } } };
      },
    }),
  });
}

/** Everything of an installation, on the state of `dir`: Temporal's server, store, keys, workers and pages. */
async function start(age: 'older' | 'newer', mails: OutgoingApprovalMail[]) {
  const executable = temporalExecutable();
  const env = await TestWorkflowEnvironment.createLocal({
    server: { executable, dbFilename: join(dir, 'temporal.db'), log: { format: 'pretty', level: 'error' } },
  });
  const store = await openStore({ dir });
  const keys = await openKeyRing(join(dir, 'keys.json'));
  const tokens = createTokens(keys);
  const { prove, publicKeys } = createDecisionKeys(keys);
  const activities = createApprovalActivities({
    store,
    settings,
    signLink: (claims) => tokens.signLink(claims),
    proofKeys: publicKeys,
    namesOf: createNames(keys),
    sendMail: (mail) => {
      mails.push(mail);
      return Promise.resolve({ messageId: `<${mail.key}@huta.example>` });
    },
  });
  const workflowBundle = await build(age);
  const workers = await Promise.all(
    CAPABILITIES.map((capability) =>
      Worker.create({
        connection: env.nativeConnection,
        taskQueue: taskQueue(capability),
        activities,
        ...(capability === 'engine' && { workflowBundle }),
      }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  const app = createApp({ store, temporal: env.client, settings, tokens, prove });
  return {
    env,
    app,
    store,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await env.teardown();
      await store.close();
    },
  };
}

it('should let the old link decide after a restart of everything with a newer build', async () => {
  const mails: OutgoingApprovalMail[] = [];
  const before = await start('older', mails);
  const definition = toDefinition({
    do: [
      { a: { call: 'approval.request', with: { about: invoice, approvers: ['accounting'], twoAbove: '1.00 PLN' } } },
    ],
  });
  const handle = await before.env.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: 'parked-across-builds',
    taskQueue: taskQueue('engine'),
    args: [{ definition, hash: 'sha256:test', input: {}, options: { onFault: 'fail' } }],
  });
  const mail = await eventually(() => Promise.resolve(mails.find(({ to }) => to.address === ANNA)));
  const link = linkIn(mail);
  const page = await pageTokenOf(before.app, link);
  await eventually(() => Promise.resolve(mails.length === 2 ? true : undefined));
  const markers = (await handle.fetchHistory()).events?.filter((event) => event.markerRecordedEventAttributes != null);
  expect(markers, 'a build from before the patches').toEqual([]);
  await before.stop();

  const after = await start('newer', mails);
  const [view, response] = [await after.app.request(link), await post(after.app, link, { page, decision: 'approved' })];
  expect(view.status).toBe(200);
  expect(response.status, 'the very page of before the restart').toBe(303);
  const second = await eventually(() => Promise.resolve(mails.find(({ key }) => key.includes('/2/'))));
  await decide(after.app, linkIn(second), 'approved');
  const run = after.env.client.workflow.getHandle('parked-across-builds');
  expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: ANNA }, {}] });
  await after.stop();
});
