import { WorkflowNotFoundError } from '@temporalio/client';
import { MESSAGES, type Control } from '../../core/model/run.ts';
import { factsOf, type OperateParts } from './operate.ts';
import { progressOf } from './parked.ts';

/**
 * Suspends a run (no further task begins), resumes it, or cancels it (what is under way is stopped, open approvals are
 * withdrawn). The trail has it before the run does. `gone`: the run has ended.
 */
export async function control(
  { client, store }: OperateParts,
  actor: string,
  run: string,
  { act, reason }: Control,
): Promise<'done' | 'gone'> {
  const details = { ...(reason !== undefined && { reason }), ...factsOf(await progressOf(client, run)) };
  await store.audit.append({ actor, action: `run.${act}`, run, details });
  try {
    await client.workflow.getHandle(run).signal(MESSAGES[act]);
    return 'done';
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await store.audit.append({ actor, action: 'run.refused', run, details: { act } });
    return 'gone';
  }
}
