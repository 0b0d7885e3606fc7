import { isCancellation } from '@temporalio/workflow';
import type { TaskState } from '../../core/model/run.ts';
import { runArguments, taskArguments } from '../data/arguments.ts';
import { now } from '../run/clock.ts';
import { argumentsTried } from './arguments-tried.ts';
import { validate } from '../data/data-flow.ts';
import { toFault, type Fault } from '../run/errors.ts';
import { endedByOperator, resolutionOf, type Decision } from '../run/incidents.ts';
import { runAfter, runBefore } from './extensions.ts';
import type { Outcome, Place } from '../run/place.ts';
import { runnerOf } from '../tasks/index.ts';
import { deadlineOf, withDeadline } from './timeouts.ts';

/*
 * The SDK notes a stack trace for every promise, which makes promises the dearest thing in the sandbox: what has nothing
 * to wait for is not awaited here.
 */

/**
 * Runs one task with all that is around every task: `if`, `input`, extensions, `timeout`, `output`, `export`, and the
 * parking of application exceptions. `raw` is the task's raw input. Goes on where its frame is.
 */
export async function runTask(place: Place, raw: unknown): Promise<Outcome> {
  const { run, frame } = place;
  const entry = run.progress.begin(place.name, place.reference);
  try {
    for (;;) {
      const done = frame.incident === undefined ? await attempt(place, raw) : undefined;
      if (done) {
        run.progress.end(entry, done.skipped ? 'skipped' : 'completed');
        if (!done.skipped) run.lifecycle.task('completed', place.reference);
        return done;
      }
      entry.status = 'parked';
      run.lifecycle.task('suspended', place.reference);
      const decision = await run.incidents.decision(frame.incident ?? '');
      const after = obey(decision, place, raw);
      run.lifecycle.task('resumed', place.reference);
      if (after) {
        run.progress.end(entry, 'skipped');
        run.lifecycle.task('completed', place.reference);
        return after;
      }
      entry.status = 'running';
      run.lifecycle.task('retried', place.reference);
    }
  } catch (error) {
    // Its incident ended with it; whoever takes it up again (a workflow past its timeout) tries it again.
    if (isCancellation(error)) delete frame.incident;
    tellFailure(place, entry, error);
    throw error;
  }
}

function tellFailure({ run, reference }: Place, entry: TaskState, error: unknown): void {
  const isCancelled = isCancellation(error);
  run.progress.end(entry, isCancelled ? 'cancelled' : 'faulted');
  if (isCancelled) run.lifecycle.task('cancelled', reference);
  else run.lifecycle.task('faulted', reference, { error: toFault(error, reference).problem });
}

/** One attempt. Undefined: it failed and is parked, its frame names the incident. */
async function attempt(place: Place, raw: unknown): Promise<Outcome | undefined> {
  try {
    const held = place.run.pace.gate();
    if (held) await held;
    return await perform(place, raw);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const fault = toFault(error, place.reference);
    if (!parks(place, fault)) throw fault;
    const { frame, run } = place;
    const input: unknown = frame.input ? frame.input.value : raw;
    frame.incident = run.incidents.open(place.reference, fault.problem, { input, ...argumentsTried(frame) });
    return undefined;
  }
}

/**
 * What fails outside parks where it happens, unless a `try` around deals with it: an application exception waits to be
 * mended, a business exception for a person's decision. What the definition raises itself, it means. An effect whose
 * outcome is unknown always parks: a `try` that went on, or tried again, would guess.
 */
function parks({ run, catchers }: Place, { origin, problem }: Fault): boolean {
  if (run.options.onFault !== 'park' || origin === 'raised' || origin === 'ended') return false;
  return problem.unconfirmed !== undefined || !catchers.some((catcher) => catcher.wouldHandle(problem));
}

/** Does what the operator decided. Undefined: try again. */
function obey({ act, incident }: Decision, { frame, task }: Place, raw: unknown): Outcome | undefined {
  delete frame.incident;
  if (act.act === 'skip') return { output: act.output ?? raw, then: task.then, skipped: true };
  if (act.act === 'end') throw endedByOperator(incident, act.reason);
  delete frame.body;
  delete frame.extensions;
  delete frame.deadline;
  if (act.act !== 'retry') frame.resolved = resolutionOf(act, incident);
  else if (act.with !== undefined) frame.changedWith = { value: act.with };
  return undefined;
}

async function perform(place: Place, raw: unknown): Promise<Outcome> {
  const { task, frame, run } = place;
  if (!frame.input) {
    const args = taskArguments(place, { raw });
    if (task.if !== undefined && !run.evaluator.condition(task.if, raw, args)) {
      return { output: raw, skipped: true };
    }
    if (frame.startedAt === undefined) {
      run.lifecycle.task('created', place.reference);
      run.lifecycle.task('started', place.reference);
    }
    frame.startedAt ??= now();
    if (task.input?.schema) await validate(place, task.input.schema, raw, `the input of "${place.name}"`);
    const from = task.input?.from;
    frame.input = {
      value: from === undefined ? raw : run.evaluator.transformation(from, raw, taskArguments(place, { raw })),
    };
  }
  const input = frame.input.value;
  frame.deadline ??= deadlineOf(task.timeout, run.definition.use?.timeouts, (value) =>
    run.evaluator.value(value, input, taskArguments(place, { raw, input })),
  );
  const work = (): Promise<Outcome> => surround(place, raw, input);
  const { deadline } = frame;
  const outcome = await (deadline === undefined ? work() : withDeadline(deadline, `task "${place.name}"`, work));
  return outcome.ended ? outcome : finish(place, raw, input, outcome);
}

function isExtended({ extending, run }: Place): boolean {
  return !extending && run.definition.use?.extensions !== undefined;
}

/** The task itself between its extensions. */
async function surround(place: Place, raw: unknown, input: unknown): Promise<Outcome> {
  const { frame } = place;
  if (!frame.result) {
    const before = isExtended(place) ? await runBefore(place, raw, input) : undefined;
    if (before?.how === 'end') return { output: before.output, ended: true };
    const outcome = before ? { output: before.output } : await runnerOf(place.task)({ ...place, raw, input });
    if (outcome.ended) return outcome;
    frame.result = outcome;
  }
  const after = frame.extensions ? await runAfter(place, frame.result.output) : undefined;
  return after ? { output: after.output, ended: true } : frame.result;
}

/** `output` and `export` (DSL "Data Flow"). */
async function finish(place: Place, raw: unknown, input: unknown, { output: result, then }: Outcome): Promise<Outcome> {
  const { task, run } = place;
  const args = taskArguments(place, { raw, input, result });
  const output = task.output?.as === undefined ? result : run.evaluator.transformation(task.output.as, result, args);
  if (task.output?.schema) await validate(place, task.output.schema, output, `the output of "${place.name}"`);
  if (task.export?.as !== undefined) {
    const exportArgs = { ...args, ...pickContext(place), output };
    const context = run.evaluator.transformation(task.export.as, output, exportArgs);
    await validate(place, task.export.schema, context, `the context that "${place.name}" exports`);
    run.state.context = context;
  }
  return { output, then: then ?? task.then };
}

/** The context may have changed while a schema was read. */
function pickContext({ run }: Place): { context: unknown } {
  return { context: runArguments(run)['context'] };
}
