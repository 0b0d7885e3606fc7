import {
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import type { Delivery } from '../core/model/delivery.ts';
import { CloudEvent } from '../core/events/cloud-event.ts';
import {
  MESSAGES,
  type AutomationInput,
  type MigrateRequest,
  type OperatorAct,
  type Progress,
} from '../core/model/run.ts';
import { toFault, toWorkflowFailure } from './run/errors.ts';
import { installFlowHandlers } from './flows/index.ts';
import { pack } from './run/handover.ts';
import type { Run } from './run/place.ts';
import { Migration } from './migration/migration.ts';
import { rehearse } from './run/rehearsal.ts';
import { openRun } from './run/open-run.ts';
import { runTask } from './walk/run-task.ts';
import { runList } from './walk/run-list.ts';
import { publishLifecycle, walk } from './walk/walk-definition.ts';

export { workQueue } from './queue/workflow.ts';
export { repeat } from './repeat.ts';

export const eventSignal = defineSignal<[CloudEvent]>(MESSAGES.event);
export const messagesSignal = defineSignal<[Delivery]>(MESSAGES.messages);
export const suspendSignal = defineSignal(MESSAGES.suspend);
export const resumeSignal = defineSignal(MESSAGES.resume);
export const cancelSignal = defineSignal(MESSAGES.cancel);
export const operateUpdate = defineUpdate<void, [OperatorAct]>(MESSAGES.operate);
export const migrateUpdate = defineUpdate<void, [MigrateRequest]>(MESSAGES.migrate);
export const progressQuery = defineQuery<Progress>(MESSAGES.progress);

/** The worker's other workflow: workers bundle what this file exports. */
export { targetGate } from './target-gate/workflow.ts';

/** What a run fails with that the signal `cancel` has ended (Temporal's own cancellation ends it as cancelled). */
const CANCELLED_TYPE = 'cancelled';

/** The one workflow: walks a definition from its input to its output. */
export async function automation(args: AutomationInput): Promise<unknown> {
  const run = openRun(args, { list: runList, task: runTask });
  const root = new CancellationScope({ cancellable: true });
  installHandlers(run, root);
  installFlowHandlers();
  const migration = new Migration(run);
  setHandler(migrateUpdate, (request) => migration.accept(request), {
    validator: (request) => migration.check(request),
  });
  run.lifecycle.start((events) => publishLifecycle(run, events));
  const rehearsed = rehearse(run);
  const watchers = new CancellationScope({ cancellable: true });
  if (args.options.searchAttributes) {
    watchers.run(() => run.progress.publish(run.definition)).catch(() => undefined); // Cancelled at the end.
  }
  if (run.options.lifecycleStatus) {
    watchers.run(() => run.lifecycle.follow(() => run.progress.phase)).catch(() => undefined); // Cancelled at the end.
  }
  const drained = watchers.run(() => run.pace.drained(() => run.lifecycle.isIdle));
  drained.catch(() => undefined); // Cancelled at the end.
  // A cancelled run first tidies up (an open approval is withdrawn): only the walk itself may end it with an error.
  const standstill = drained.catch(() => new Promise<never>(() => undefined));
  try {
    const ended = root.run(() => walk(run)).then((output) => ({ output }));
    const result = await Promise.race([ended, standstill, ...rehearsed]);
    if (result) {
      run.lifecycle.workflow('completed');
      await run.lifecycle.told();
      return result.output;
    }
  } catch (error) {
    const failure = failureOf(run, error);
    await run.lifecycle.told();
    throw failure;
  } finally {
    watchers.cancel();
  }
  await migration.continuation(args);
  return continueAsNew<typeof automation>({ ...args, input: null, resume: pack(run.state) });
}

function failureOf(run: Run, error: unknown): unknown {
  if (isCancellation(error)) {
    run.progress.close('cancelled');
    run.lifecycle.workflow('cancelled');
    if (run.cancelled) return ApplicationFailure.nonRetryable('the run was cancelled', CANCELLED_TYPE);
    return error;
  }
  run.progress.close('faulted');
  const fault = toFault(error, '/');
  run.lifecycle.workflow('faulted', { error: fault.problem });
  return toWorkflowFailure(fault);
}

function installHandlers(run: Run, root: CancellationScope): void {
  const { state } = run;
  setHandler(eventSignal, (event) => {
    const parsed = CloudEvent.safeParse(event);
    // A sender's mistake must not break the run: senders are checked where events come in.
    if (parsed.success) run.inbox.arrive(parsed.data);
  });
  setHandler(messagesSignal, (delivery) => run.subscriptions.arrive(delivery));
  setHandler(suspendSignal, () => {
    if (!state.suspended) run.lifecycle.workflow('suspended');
    state.suspended = true;
  });
  setHandler(resumeSignal, () => {
    if (state.suspended) run.lifecycle.workflow('resumed');
    state.suspended = false;
  });
  setHandler(cancelSignal, () => {
    run.cancelled = true;
    root.cancel();
  });
  setHandler(operateUpdate, (act) => run.incidents.decide(act), { validator: (act) => run.incidents.check(act) });
  setHandler(progressQuery, () => run.progress.report(run.definition, run.hash));
}
