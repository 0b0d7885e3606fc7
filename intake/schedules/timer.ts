import type { ScheduleOptions } from '@temporalio/client';
import { ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { schedulePolicy, type SchedulePolicy } from '../../core/language/schedule-policy.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import { taskQueue, WORKFLOW_TYPE } from '../../core/model/run.ts';
import { cronLines } from '../../core/time/cron.ts';
import { durationMs } from '../../core/time/duration.ts';
import type { Scheduled } from './scheduled.ts';

const OVERLAP: Record<SchedulePolicy['overlap'], ScheduleOverlapPolicy> = {
  skip: ScheduleOverlapPolicy.SKIP,
  queue: ScheduleOverlapPolicy.BUFFER_ONE,
  together: ScheduleOverlapPolicy.ALLOW_ALL,
};

/** Keeps `schedule.cron` and `schedule.every` as a Temporal Schedule; takes it away where there is neither. */
export async function keepTimer({ client, timeZone, name, definition, start, memo }: Scheduled): Promise<boolean> {
  const handle = client.schedule.getHandle(name);
  const there = await handle.describe().then(
    () => true,
    (error: unknown) => {
      if (error instanceof ScheduleNotFoundError) return false;
      throw error;
    },
  );
  const policy = schedulePolicy(definition);
  const spec = specOf(definition, policy.timeZone ?? timeZone);
  if (spec === undefined) {
    if (there) await handle.delete();
    return false;
  }
  const schedule = {
    spec,
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPE,
      // Temporal adds the time of the start: each start is a run of its own, and none happens twice.
      workflowId: `${name}:schedule`,
      taskQueue: taskQueue('engine'),
      args: [start],
      memo,
    },
    policies: { overlap: OVERLAP[policy.overlap], catchupWindow: durationMs(policy.catchUp) },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  if (there) await handle.update((before) => ({ ...schedule, state: before.state }));
  else await client.schedule.create({ scheduleId: name, ...schedule });
  return true;
}

/** Both may be given: then a run starts whenever either says so. */
function specOf({ schedule }: WorkflowDefinition, timezone: string): ScheduleOptions['spec'] | undefined {
  const { cron, every } = schedule ?? {};
  if (cron === undefined && every === undefined) return undefined;
  return {
    ...(cron !== undefined && { cronExpressions: cronLines(cron), timezone }),
    ...(every !== undefined && { intervals: [{ every: durationMs(every) }] }),
  };
}
