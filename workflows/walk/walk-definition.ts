import { isCancellation } from '@temporalio/workflow';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { errorName } from '../../core/model/problem.ts';
import { LIFECYCLE_ACTIVITY, SUBSCRIBE_ACTIVITY } from '../../core/model/run.ts';
import { listenedTypes } from '../../core/events/listened-types.ts';
import { callActivity } from '../run/activities.ts';
import { runArguments } from '../data/arguments.ts';
import { guardSize } from '../run/bounds.ts';
import { now } from '../run/clock.ts';
import { validate } from '../data/data-flow.ts';
import { toFault } from '../run/errors.ts';
import { endedByOperator } from '../run/incidents.ts';
import type { Inner, Place, Run } from '../run/place.ts';
import { deadlineOf, withDeadline } from './timeouts.ts';
import { runList } from './run-list.ts';

/** Reference of the workflow itself, for what fails outside of any task. */
const WHOLE = '/';

/**
 * The whole definition: input, tasks, output (DSL "Data Flow"), within the workflow's timeout. What fails outside of any
 * task (the input's schema, the timeout, the output) parks the run as a task would: an operator tries again, goes on
 * with other data, or ends it.
 */
export async function walk(run: Run): Promise<unknown> {
  const { state } = run;
  if (state.root.at < 0) {
    const { namespace, name, version } = run.definition.document;
    run.lifecycle.workflow('started', { definition: { namespace, name, version } });
    await orParked(run, begin, (data = state.input) => {
      state.root = { at: 0, data };
    });
  } else if (state.unsubscribed) await subscribe(run);
  delete state.unsubscribed;
  state.result ??= await orParked(run, runTasks, (output = state.root.data) => ({ output }));
  const { output } = state.result;
  const result = await orParked(
    run,
    () => finish(run, output),
    (instead = output) => instead,
  );
  run.progress.close('completed');
  return result;
}

/** Does a part of the work; where it fails, and the run is to park, waits for what an operator decides about it. */
async function orParked<T>(run: Run, work: (run: Run) => Promise<T>, instead: (output: unknown) => T): Promise<T> {
  const { state, incidents } = run;
  for (;;) {
    if (state.incident === undefined) {
      try {
        return await work(run);
      } catch (error) {
        state.incident = park(run, error);
      }
    }
    const { act, incident } = await incidents.decision(state.incident);
    delete state.incident;
    if (act.act === 'skip') return instead(act.output);
    if (act.act === 'end') throw endedByOperator(incident, act.reason);
    // Whoever tries again after a timeout gives the workflow the same time once more.
    const isLate = errorName(incident.problem.type) === 'timeout' && state.limitMs !== undefined;
    if (isLate) state.deadline = now() + (state.limitMs ?? 0);
  }
}

/** Opens an incident of the workflow itself. Throws what is no reason to park: a cancellation, what was meant. */
function park({ options, state, incidents }: Run, error: unknown): string {
  if (isCancellation(error)) throw error;
  const fault = toFault(error, WHOLE);
  const isMeant = fault.origin === 'raised' || fault.origin === 'ended';
  if (options.onFault !== 'park' || isMeant) throw fault;
  return incidents.open(WHOLE, fault.problem, { input: state.root.at < 0 ? state.input : state.root.data });
}

async function begin(run: Run): Promise<void> {
  const { definition, state, evaluator } = run;
  await subscribe(run);
  await validate(rootPlace(run), definition.input?.schema, state.input, 'the input of the workflow');
  const from = definition.input?.from;
  const data = from === undefined ? state.input : evaluator.transformation(from, state.input, runArguments(run));
  state.deadline = deadlineOf(definition.timeout, definition.use?.timeouts, (value) =>
    evaluator.value(value, data, { ...runArguments(run), input: data }),
  );
  if (state.deadline !== undefined) state.limitMs = state.deadline - now();
  state.root = { at: 0, data };
}

async function runTasks(run: Run): Promise<{ output: unknown }> {
  const { definition, state } = run;
  const { output } = await withDeadline(state.deadline, 'the workflow', () =>
    runList(definition.do, '/do', state.root, inner(run)),
  );
  return { output };
}

async function finish(run: Run, output: unknown): Promise<unknown> {
  const { definition, evaluator } = run;
  const as = definition.output?.as;
  const result = as === undefined ? output : evaluator.transformation(as, output, runArguments(run));
  await validate(rootPlace(run), definition.output?.schema, result, 'the output of the workflow');
  guardSize(result, 'the output of the workflow');
  return result;
}

/** Events are routed to a run from its start: one that comes before its task listens waits in the inbox. */
async function subscribe(run: Run): Promise<void> {
  const types = listenedTypes(run.definition);
  if (types) await callActivity(rootPlace(run), SUBSCRIBE_ACTIVITY, { key: 'run', types });
}

/** Hands lifecycle events to whoever wants them. Their first id is the key: a second attempt tells nothing twice. */
export function publishLifecycle(run: Run, events: CloudEvent[]): Promise<unknown> {
  const { namespace, name, version } = run.definition.document;
  const definition = { namespace, name, version, hash: run.hash };
  const call = { run: run.id, definition, task: WHOLE, key: events[0]?.id ?? run.id };
  return callActivity(rootPlace(run), LIFECYCLE_ACTIVITY, { events }, { call, aside: true });
}

function inner(run: Run): Inner {
  return { run, variables: {}, strand: '', catchers: [], extending: false };
}

/** The workflow as a place, for what is checked outside of any task. */
function rootPlace(run: Run): Place {
  return { ...inner(run), name: run.definition.document.name, reference: WHOLE, task: { do: [] }, frame: {} };
}
