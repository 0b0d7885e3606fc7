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
import type { Delivery } from '../definitions/model/delivery.ts';
import { CloudEvent } from '../definitions/model/event.ts';
import {
  MESSAGES,
  SUBSCRIBE_ACTIVITY,
  type AutomationInput,
  type MigrateRequest,
  type OperatorAct,
  type Progress,
} from '../definitions/model/run.ts';
import { listenedTypes } from '../definitions/runtime/listened-types.ts';
import { callActivity } from './activities.ts';
import { runArguments } from './arguments.ts';
import { validate } from './data-flow.ts';
import { toFault, toWorkflowFailure } from './errors.ts';
import { installFlowHandlers } from './flows/index.ts';
import { pack } from './handover.ts';
import type { Inner, Place, Run } from './place.ts';
import { Migration } from './migration/migration.ts';
import { rehearse } from './rehearsal.ts';
import { openRun } from './run.ts';
import { runTask } from './task.ts';
import { deadlineOf, withDeadline } from './timeouts.ts';
import { runList } from './walk.ts';

export { workQueue } from './queue/queue.ts';
export { repeat } from './repeat.ts';

export const eventSignal = defineSignal<[CloudEvent]>(MESSAGES.event);
export const messagesSignal = defineSignal<[Delivery]>(MESSAGES.messages);
export const suspendSignal = defineSignal(MESSAGES.suspend);
export const resumeSignal = defineSignal(MESSAGES.resume);
export const cancelSignal = defineSignal(MESSAGES.cancel);
export const operateUpdate = defineUpdate<void, [OperatorAct]>(MESSAGES.operate);
export const migrateUpdate = defineUpdate<void, [MigrateRequest]>(MESSAGES.migrate);
export const progressQuery = defineQuery<Progress>(MESSAGES.progress);

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
  const rehearsed = rehearse(run);
  const watchers = new CancellationScope({ cancellable: true });
  if (args.options.searchAttributes) {
    watchers.run(() => run.progress.publish(run.definition)).catch(() => undefined); // Cancelled at the end.
  }
  const drained = watchers.run(() => run.pace.drained());
  drained.catch(() => undefined); // Cancelled at the end.
  // A cancelled run first tidies up (an open approval is withdrawn): only the walk itself may end it with an error.
  const standstill = drained.catch(() => new Promise<never>(() => undefined));
  try {
    const ended = root.run(() => walk(run)).then((output) => ({ output }));
    const result = await Promise.race([ended, standstill, ...rehearsed]);
    if (result) return result.output;
  } catch (error) {
    throw failureOf(run, error);
  } finally {
    watchers.cancel();
  }
  await migration.continuation(args);
  return continueAsNew<typeof automation>({ ...args, input: null, resume: pack(run.state) });
}

/** The whole definition: input, tasks, output (DSL "Data Flow"), within the workflow's timeout. */
async function walk(run: Run): Promise<unknown> {
  const { definition, state, evaluator } = run;
  if (state.root.at < 0) {
    await subscribe(run);
    await validate(rootPlace(run), definition.input?.schema, state.input, 'the input of the workflow');
    const from = definition.input?.from;
    const data = from === undefined ? state.input : evaluator.transformation(from, state.input, runArguments(run));
    state.root = { at: 0, data };
    state.deadline = deadlineOf(definition.timeout, definition.use?.timeouts, (value) =>
      evaluator.value(value, data, { ...runArguments(run), input: data }),
    );
  } else if (state.unsubscribed) {
    await subscribe(run);
    delete state.unsubscribed;
  }
  const { output } = await withDeadline(state.deadline, 'the workflow', () =>
    runList(definition.do, '/do', state.root, inner(run)),
  );
  const as = definition.output?.as;
  const result = as === undefined ? output : evaluator.transformation(as, output, runArguments(run));
  await validate(rootPlace(run), definition.output?.schema, result, 'the output of the workflow');
  run.progress.close('completed');
  return result;
}

/** Events are routed to a run from its start: one that comes before its task listens waits in the inbox. */
async function subscribe(run: Run): Promise<void> {
  const types = listenedTypes(run.definition);
  if (types) await callActivity(rootPlace(run), SUBSCRIBE_ACTIVITY, { key: 'run', types });
}

function inner(run: Run): Inner {
  return { run, variables: {}, strand: '', catchers: [], extending: false };
}

/** The workflow as a place, for what is checked outside of any task. */
function rootPlace(run: Run): Place {
  return { ...inner(run), name: run.definition.document.name, reference: '/', task: { do: [] }, frame: {} };
}

function failureOf(run: Run, error: unknown): unknown {
  if (isCancellation(error)) {
    run.progress.close('cancelled');
    if (run.cancelled) return ApplicationFailure.nonRetryable('the run was cancelled', CANCELLED_TYPE);
    return error;
  }
  run.progress.close('faulted');
  return toWorkflowFailure(toFault(error, '/'));
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
    state.suspended = true;
  });
  setHandler(resumeSignal, () => {
    state.suspended = false;
  });
  setHandler(cancelSignal, () => {
    run.cancelled = true;
    root.cancel();
  });
  setHandler(operateUpdate, (act) => run.incidents.decide(act), { validator: (act) => run.incidents.check(act) });
  setHandler(progressQuery, () => run.progress.report(run.definition, run.hash));
}
