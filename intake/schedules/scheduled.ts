import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { AutomationInput } from '../../core/model/run.ts';

/** What starts runs of a definition by itself: its name in ids, what it starts, and how lists call its runs. */
export type Scheduled = {
  client: Client;
  timeZone: string;
  /** For example finance.dunning. */
  name: string;
  definition: WorkflowDefinition;
  start: AutomationInput;
  memo: Record<string, string>;
};

/** Ends what keeps a schedule at once; runs that it has started go on. */
export async function endRun(client: Scheduled['client'], workflowId: string, reason: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(reason);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
