import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { OperatorAct, Progress } from '../../core/model/run.ts';
import { MESSAGES } from '../../core/model/run.ts';
import type { Store } from '../../store/index.ts';
import { progressOf } from './parked.ts';

export type OperateParts = { client: Client; store: Pick<Store, 'audit'> };

/**
 * Hands an operator's act to its run. The trail has it before the run does: nothing happens unwritten, and a run that
 * refuses is written down as well. `gone`: the incident had been decided already, or the run has ended.
 */
export async function operate(
  { client, store }: OperateParts,
  actor: string,
  run: string,
  act: OperatorAct,
): Promise<'done' | 'gone'> {
  const progress = await progressOf(client, run);
  const incident = progress?.incidents.find(({ id }) => id === act.incident);
  const details = { ...act, ...factsOf(progress), ...(incident && { task: incident.reference }) };
  const before = act.act === 'retry' && act.with !== undefined ? { before: incident?.with ?? null } : {};
  await store.audit.append({ actor, action: `run.${act.act}`, run, details: { ...details, ...before } });
  try {
    await client.workflow.getHandle(run).executeUpdate(MESSAGES.operate, { args: [act] });
    return 'done';
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError) && !(error instanceof WorkflowNotFoundError)) throw error;
    await store.audit.append({ actor, action: 'run.refused', run, details });
    return 'gone';
  }
}

/** Which version of which definition a run follows. */
export function factsOf(progress: Progress | undefined): { definition?: Progress['definition'] } {
  return progress ? { definition: progress.definition } : {};
}
