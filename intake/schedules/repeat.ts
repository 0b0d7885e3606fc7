import { MESSAGES, REPEAT_TYPE, taskQueue, type RepeatInput } from '../../core/model/run.ts';
import { durationMs } from '../../core/time/duration.ts';
import { endRun, type Scheduled } from './scheduled.ts';

/** Keeps `schedule.after` as a workflow that waits for each run's end; takes it away where there is none. */
export async function keepRepeating({ client, name, definition, start, memo }: Scheduled): Promise<boolean> {
  const workflowId = `repeat:${name}`;
  const { after } = definition.schedule ?? {};
  if (after === undefined) {
    await endRun(client, workflowId, 'the definition is no longer repeated');
    return false;
  }
  const input: RepeatInput = { start, afterMs: durationMs(after), name, memo };
  await client.workflow.signalWithStart(REPEAT_TYPE, {
    workflowId,
    taskQueue: taskQueue('engine'),
    args: [input],
    signal: MESSAGES.replace,
    signalArgs: [input],
  });
  return true;
}
