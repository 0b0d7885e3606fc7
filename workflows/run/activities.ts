import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Capability, CallLimits } from '../../core/catalogue/define.ts';
import type { CallInfo } from '../../core/model/call.ts';
import { taskQueue } from '../../core/model/run.ts';
import { guardSize } from './bounds.ts';
import type { Place } from './place.ts';

/** First pause between attempts; doubled up to the longest. An outage of minutes heals by itself, longer ones park. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Limits of the interpreter's own activities (events, resources, definitions): each is one short look-up or write. */
const OWN_LIMITS: CallLimits = { attemptMs: 60_000, attempts: 10 };

export type ActivityOptions = {
  capability?: Capability;
  limits?: Partial<CallLimits>;
  call?: CallInfo;
  /** A cancelled call counts as under way until the activity has stopped; else the run goes on at once. */
  awaitsCancellation?: boolean;
  /** Not a part of the work: it holds nothing up, and the run counts as idle meanwhile. */
  aside?: boolean;
};

/** Calls an activity by name on its capability's task queue, with `(args, CallInfo)`. */
export async function callActivity(
  place: Place,
  name: string,
  args: unknown,
  { capability = 'engine', limits, call = callInfo(place), awaitsCancellation, aside }: ActivityOptions = {},
): Promise<unknown> {
  guardSize(args, `what "${place.name}" hands to ${name}`);
  const { attemptMs, heartbeatMs, attempts } = { ...OWN_LIMITS, ...limits };
  const activities = proxyActivities<Record<string, (args: unknown, call: CallInfo) => Promise<unknown>>>({
    taskQueue: taskQueue(capability),
    startToCloseTimeout: attemptMs,
    heartbeatTimeout: heartbeatMs,
    ...(awaitsCancellation && { cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED }),
    retry: {
      maximumAttempts: attempts,
      initialInterval: FIRST_PAUSE_MS,
      backoffCoefficient: 2,
      maximumInterval: LONGEST_PAUSE_MS,
    },
  });
  const activity = activities[name];
  if (!activity) throw new Error(`no activity ${name}`);
  return aside ? activity(args, call) : place.run.pace.busily(() => activity(args, call));
}

/** Who calls: the same key for every attempt of the task, another one each time that the run comes by. */
export function callInfo({ run, reference, frame }: Place): CallInfo {
  frame.key ??= `${run.id}:${reference}#${nextCount(run.state.calls, reference)}`;
  const { namespace, name, version } = run.definition.document;
  const secrets = run.definition.use?.secrets;
  return {
    run: run.id,
    definition: { namespace, name, version, hash: run.hash },
    task: reference,
    key: frame.key,
    ...(frame.resolved && { resolved: frame.resolved }),
    ...(secrets && secrets.length > 0 && { secrets: { token: run.state.secretsToken, names: secrets } }),
  };
}

function nextCount(calls: Record<string, number>, reference: string): number {
  const count = (calls[reference] ?? 0) + 1;
  calls[reference] = count;
  return count;
}
