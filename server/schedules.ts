import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import type { WorkflowDefinition } from '../definitions/language/types.ts';
import { type AutomationInput, type RunOptions, taskQueue, WORKFLOW_TYPE } from '../definitions/model/run.ts';
import { durationMs } from '../definitions/runtime/duration.ts';
import type { Deployed } from '../store/definitions.ts';

/** A start that was missed because everything was down is made up for when it is at most this old. */
const CATCH_UP = '1 day';

export type ScheduleDependencies = {
  client: Client;
  /** Zone that cron expressions are read in, for example Europe/Warsaw. */
  timeZone: string;
  options: Partial<RunOptions>;
};

/**
 * Keeps a definition's `schedule.cron` or `schedule.every` (DSL "Schedule") as a Temporal Schedule: made, changed or
 * taken away, as the version deployed last says. A run still going on when the next is due lets that one pass.
 */
export async function applySchedule(
  { client, timeZone, options }: ScheduleDependencies,
  deployed: Pick<Deployed, 'namespace' | 'name' | 'version' | 'hash' | 'definition'>,
): Promise<'kept' | 'none'> {
  const scheduleId = `${deployed.namespace}.${deployed.name}`;
  const handle = client.schedule.getHandle(scheduleId);
  const spec = specOf(deployed.definition as WorkflowDefinition, timeZone);
  const there = await handle.describe().then(
    () => true,
    (error: unknown) => {
      if (error instanceof ScheduleNotFoundError) return false;
      throw error;
    },
  );
  if (spec === undefined) {
    if (there) await handle.delete();
    return 'none';
  }
  const args: AutomationInput = {
    definition: deployed.definition as WorkflowDefinition,
    hash: deployed.hash,
    input: {},
    options: { onFault: 'park', ...options },
  };
  const schedule = {
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPE,
      // Temporal adds the time of the start: each start is a run of its own, and none happens twice.
      workflowId: `${scheduleId}:schedule`,
      taskQueue: taskQueue('engine'),
      args: [args],
      memo: { title: `${deployed.namespace}/${deployed.name}`, version: deployed.version },
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  if (there) await handle.update((before) => ({ ...schedule, state: before.state }));
  else await client.schedule.create({ scheduleId, ...schedule });
  return 'kept';
}

function specOf({ schedule }: WorkflowDefinition, timezone: string): ScheduleOptions['spec'] | undefined {
  if (schedule?.cron !== undefined) return { cronExpressions: [schedule.cron], timezone };
  if (schedule?.every !== undefined) return { intervals: [{ every: durationMs(schedule.every) }] };
  return undefined;
}
