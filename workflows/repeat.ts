import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  executeChild,
  ParentClosePolicy,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { MESSAGES, WORKFLOW_TYPE, type RepeatInput } from '../core/model/run.ts';

export const replaceSignal = defineSignal<[RepeatInput]>(MESSAGES.replace);

/**
 * DSL "Schedule", `after`: runs a definition, and again so long after each completion, however that run ended. A
 * workflow of its own, because only something that outlives the runs sees all their ends, terminations too. The signal
 * `replace` brings the version deployed last: a pause under way counts on by its length.
 */
export async function repeat(input: RepeatInput): Promise<void> {
  let current = input;
  setHandler(replaceSignal, (next) => {
    current = next;
  });
  let { endedAt } = input;
  while (!workflowInfo().continueAsNewSuggested) {
    if (endedAt !== undefined) await untilDue(endedAt, () => current.afterMs);
    await runOnce(current);
    endedAt = Date.now();
  }
  await continueAsNew<typeof repeat>({ ...current, endedAt });
}

/** Waits until so long after the run before; the length may change meanwhile. */
async function untilDue(endedAt: number, afterMs: () => number): Promise<void> {
  for (;;) {
    const length = afterMs();
    const left = endedAt + length - Date.now();
    if (left <= 0 || !(await condition(() => afterMs() !== length, left))) return;
  }
}

async function runOnce({ start, name, memo }: RepeatInput): Promise<void> {
  try {
    await executeChild(WORKFLOW_TYPE, {
      args: [start],
      // As Temporal names what its schedules start: each start is a run of its own.
      workflowId: `${name}:schedule-${new Date().toISOString()}`,
      // A definition that is no longer scheduled still ends what it has begun.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      memo,
    });
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    // However it ended: the next one is due all the same.
  }
}
