import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECIDE_UPDATE } from '../core/model/approval.ts';
import { taskQueue, WORKFLOW_TYPE } from '../core/model/run.ts';
import { showRun } from '../server/runs/view.ts';
import { invoice } from '../tests/support/approvals.ts';
import { MAILBOX_USER, portsFrom, TestInstallation } from '../tests/support/installation.ts';
import { eventually } from '../tests/support/temporal.ts';
import type { Installation } from './open-installation.ts';

const ports = portsFrom(17_780);
const BOSS = MAILBOX_USER;

const ASK = JSON.stringify({
  document: { dsl: '1.0.3', namespace: 'finance', name: 'ask', version: '1.0.0' },
  do: [{ ask: { call: 'approval.request', with: { about: invoice, approvers: [BOSS] } } }],
});

/** What an author of another department writes to decide by himself: Temporal's own service, in clear. */
const forging = (address: string, run: string, decision: unknown) =>
  JSON.stringify({
    document: { dsl: '1.0.3', namespace: 'marketing', name: 'forge', version: '1.0.0' },
    do: [
      {
        forge: {
          call: 'grpc',
          with: {
            proto: { endpoint: 'resources/temporal.proto' },
            service: {
              name: 'temporal.api.workflowservice.v1.WorkflowService',
              host: new URL(`http://${address}`).hostname,
              port: Number(new URL(`http://${address}`).port),
            },
            method: 'UpdateWorkflowExecution',
            arguments: {
              namespace: 'default',
              workflowExecution: { workflowId: run },
              waitPolicy: { lifecycleStage: 'UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED' },
              request: {
                meta: { updateId: 'forged' },
                input: { name: DECIDE_UPDATE, args: { payloads: [clear(decision)] } },
              },
            },
          },
        },
      },
    ],
  });

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const clear = (value: unknown) => ({
  metadata: { encoding: base64('json/plain') },
  data: base64(JSON.stringify(value)),
});

const PROTO = `syntax = "proto3";
package temporal.api.workflowservice.v1;
message Payload { map<string, bytes> metadata = 1; bytes data = 2; }
message Payloads { repeated Payload payloads = 1; }
message Execution { string workflow_id = 1; string run_id = 2; }
enum Stage { UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED = 0; UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED = 1;
  UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED = 2; }
message WaitPolicy { Stage lifecycle_stage = 1; }
message Meta { string update_id = 1; string identity = 2; }
message Input { string header = 1; string name = 2; Payloads args = 3; }
message Request { Meta meta = 1; Input input = 2; }
message UpdateRequest { string namespace = 1; Execution workflow_execution = 2; string first_execution_run_id = 3;
  WaitPolicy wait_policy = 4; Request request = 5; }
message UpdateResponse { int32 stage = 3; }
service WorkflowService { rpc UpdateWorkflowExecution (UpdateRequest) returns (UpdateResponse); }
`;

let house: TestInstallation;
let installation: Installation;
let connection: Connection;
let run = '';
let approval = '';

beforeAll(async () => {
  house = await TestInstallation.prepare(ports);
  await house.startMail();
  // The operator lets calls go to this machine: that opens none of the installation's own services.
  ({ installation } = await house.start(undefined, ports.temporal, {
    calls: { hosts: [`127.0.0.1:${ports.temporal}`], plaintext: [] },
  }));
  connection = await Connection.connect({ address: `127.0.0.1:${ports.temporal}` });
  await house.deploy(ASK);
  run = await house.begin('ask', 'finance');
  const open = await eventually(async () => (await installation.parts.store.tasks.waitingFor(BOSS))[0], 60_000);
  approval = open.approval;
});
afterAll(async () => {
  await connection?.close();
  await house?.remove();
});

const decision = () => ({
  ...{ approval, round: 1, approver: BOSS, decision: 'approved', factor: 'passkey' },
  page: { expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
});

async function stillWaits(): Promise<void> {
  expect((await showRun(installation.client, run)).progress?.status).toBe('waiting');
  const dossier = await installation.parts.store.approvals.find(approval);
  expect(dossier?.decisions).toEqual([]);
}

/** Failure messages are sealed as well: who has no key learns that there is one, and nothing else. */
const SEALED_REFUSAL = 'Unknown encoding: binary/zaplecze';

describe('a decision that no person has made', () => {
  it('should not reach Temporal by a call of a definition', async () => {
    await house.deploy(forging(`127.0.0.1:${ports.temporal}`, run, decision()), { 'resources/temporal.proto': PROTO });
    const forger = await house.begin('forge', 'marketing');
    const ended = ['parked', 'completed'];
    const { progress } = await house.untilRun(forger, (seen) => ended.includes(seen.progress?.status ?? ''));
    expect(progress?.incidents[0]?.problem.detail).toContain('belongs to this installation (Temporal)');
    await stillWaits();
  });

  it('should not count in clear', async () => {
    const handle = new Client({ connection }).workflow.getHandle(run);
    const forged = handle.executeUpdate(DECIDE_UPDATE, { args: [decision()] });
    await expect(forged).rejects.toThrow(SEALED_REFUSAL);
    await handle.signal('event', { specversion: '1.0', id: '1', type: 'forged', source: 'forged' });
    await stillWaits();
  });

  it('should start nothing in clear', async () => {
    const { workflow } = new Client({ connection });
    const start = { definition: { document: {}, do: [] }, hash: 'h', input: {}, options: { onFault: 'fail' } };
    const forged = workflow.execute(WORKFLOW_TYPE, {
      workflowId: 'forged',
      taskQueue: taskQueue('engine'),
      args: [start],
    });
    await expect(forged).rejects.toThrow(SEALED_REFUSAL);
    const seen = installation.client.workflow.getHandle('forged').result();
    await expect(seen).rejects.toMatchObject({ cause: { type: 'zaplecze.unsealed' } });
  });

  it('should not count sealed, without the proof of the server', async () => {
    const handle = installation.client.workflow.getHandle(run);
    const forged = handle.executeUpdate(DECIDE_UPDATE, { args: [decision()] });
    await expect(forged).rejects.toMatchObject({ cause: { type: 'approval.refused.unproved' } });
    await stillWaits();
  });

  it('should leave the decision to the person who was asked', async () => {
    const claims = { approval, round: 1, approver: BOSS, expiresAt: new Date(Date.now() + 3_600_000) };
    const url = `http://127.0.0.1:${ports.server}/a/${installation.tokens.signLink(claims)}`;
    const page = /name="page"\s+value="([^"]+)"/.exec(await (await fetch(url)).text())?.[1] ?? '';
    await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ page, decision: 'approved' }),
      headers: { 'sec-fetch-site': 'same-origin', origin: `http://127.0.0.1:${ports.server}` },
    });
    expect((await house.untilRun(run, ({ status }) => status !== 'running')).status).toBe('completed');
  });
});
