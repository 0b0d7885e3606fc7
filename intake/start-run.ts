import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type AutomationInput, type RunOptions, taskQueue, WORKFLOW_TYPE } from '../core/model/run.ts';
import type { WorkflowDefinition } from '../core/language/types.ts';
import type { Deployed } from '../store/definitions.ts';

/** Workflow id of a run: its definition and its business key. The same key never starts two. */
export function runId(definition: { namespace: string; name: string }, key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${definition.namespace}.${definition.name}:${digest}`;
}

/**
 * Starts a run under its business key. Where that key has a run already, also one that has ended, nothing starts:
 * `started` is false.
 */
export async function startRun(
  client: Client,
  deployed: Deployed,
  key: string,
  input: unknown,
  options: Partial<RunOptions> = {},
): Promise<{ run: string; started: boolean }> {
  const run = runId(deployed, key);
  const args: AutomationInput = {
    definition: deployed.definition as WorkflowDefinition,
    hash: deployed.hash,
    input,
    options: { onFault: 'park', ...options },
  };
  try {
    await client.workflow.start(WORKFLOW_TYPE, {
      workflowId: run,
      taskQueue: taskQueue('engine'),
      args: [args],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      memo: { title: titleOf(deployed), version: deployed.version },
    });
    return { run, started: true };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { run, started: false };
    throw error;
  }
}

function titleOf({ namespace, name }: Deployed): string {
  return `${namespace}/${name}`;
}
