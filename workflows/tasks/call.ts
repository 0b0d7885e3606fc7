import { patched } from '@temporalio/workflow';
import type { CallAsyncApi, CallTask, Task } from '../../core/language/types.ts';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import type { FunctionSpec } from '../../core/catalogue/define.ts';
import { callActivity, callInfo } from '../run/activities.ts';
import { noteArguments } from '../walk/arguments-tried.ts';
import { taskArguments } from '../data/arguments.ts';
import { standardFault } from '../run/errors.ts';
import type { Flow, FlowContext } from '../flows/context.ts';
import { findFlow } from '../flows/index.ts';
import { queuedFlow } from '../flows/queued.ts';
import { bodyOf, type TaskFrame } from '../run/state.ts';
import { asyncApiCall } from './asyncapi.ts';
import { catalogueName, isElsewhere, readFunction } from './catalog.ts';
import { isProtocol, protocolCall } from './protocols.ts';
import type { Outcome } from '../run/place.ts';
import type { Runner, Step } from './step.ts';

/** DSL "Call": a protocol, a function of `use.functions`, or one of the catalogue. An unknown name fails at once. */
export const callTask: Runner<CallTask> = async (step) => {
  const name = step.task.call;
  if (isAsyncApi(step)) return asyncApiCall(step);
  if (isProtocol(name)) return { output: await protocolCall(step, name) };
  const own = step.run.definition.use?.functions?.[name];
  if (own) return callOwn(step, () => Promise.resolve(own));
  const spec = findFunction(catalogueName(step, name));
  if (!spec && isElsewhere(step, name)) return callOwn(step, () => readFunction(step, name));
  if (!spec) {
    throw standardFault(
      'configuration',
      `there is no function "${name}": neither under use.functions nor in the catalogue`,
    );
  }
  const args = argumentsOf(step);
  const flow = step.run.options.rehearsal ? undefined : flowOf(spec);
  return { output: flow ? await callFlow(step, spec, args, flow) : await callSpec(step, spec, args) };
};

/**
 * Names in histories of the changes by which functions with a target go through its queue: those of ledgers first, those
 * of forms later. A run that has the one in its history may have called a form by itself.
 */
const QUEUE_PATCHES = { ledger: 'work-queue', form: 'work-queue-forms' };

/** The workflow code that stands for a function; undefined where one activity is all. */
function flowOf(spec: FunctionSpec): Flow | undefined {
  if (spec.queued)
    return patched(spec.name.startsWith('form.') ? QUEUE_PATCHES.form : QUEUE_PATCHES.ledger)
      ? queuedFlow(spec)
      : undefined;
  if (spec.kind !== 'flow') return undefined;
  const flow = findFlow(spec.name);
  if (!flow) throw standardFault('configuration', `function "${spec.name}" is not part of this worker`);
  return flow;
}

function isAsyncApi(step: Step & { task: CallTask }): step is Step & { task: CallAsyncApi } {
  return step.task.call === 'asyncapi';
}

type OwnBody = { task: Task; frame: TaskFrame; args: unknown };

/** A function that is a task (of `use.functions`, or read from elsewhere): its input is the call's `with`. */
async function callOwn(step: Step & { task: CallTask }, find: () => Promise<Task>): Promise<Outcome> {
  const { frame } = step;
  const task = (frame.body as OwnBody | undefined)?.task ?? (await find());
  const body = bodyOf<OwnBody>(frame, () => ({ task, frame: {}, args: argumentsOf(step) }));
  const place = { ...step, name: step.task.call, task, reference: `${step.reference}/call`, frame: body.frame };
  const { output, ended, then } = await step.run.walker.task({ ...place, variables: {} }, body.args);
  return { output, ended: ended || then === 'end' };
}

function callSpec(step: Step, { name, capability, limits }: FunctionSpec, args: unknown): Promise<unknown> {
  return callActivity(step, name, args, { capability, limits });
}

async function callFlow(step: Step, spec: FunctionSpec, args: unknown, flow: Flow): Promise<unknown> {
  const call = callInfo(step);
  let calls = 0;
  const context: FlowContext = {
    call,
    activity: (name, activityArgs, { capability, ...limits } = {}) =>
      callActivity(step, name, activityArgs, {
        capability: capability ?? spec.capability,
        limits: { ...spec.limits, ...limits },
        call: { ...call, key: `${call.key}/${name}#${++calls}` },
      }),
    inQueue: (queue, work) => step.run.progress.inQueue(step.reference, queue, work),
    waiting: (work) => step.run.progress.waiting(step.reference, 'a person, who was asked', work, true),
  };
  return step.run.pace.busily(() => flow(args, context), true);
}

/** The evaluated `with`, or what an operator put in its place. */
export function argumentsOf(step: Step & { task: CallTask }): unknown {
  const args = step.frame.changedWith
    ? step.frame.changedWith.value
    : step.run.evaluator.value(step.task.with ?? {}, step.input, taskArguments(step, step));
  noteArguments(step.frame, args);
  return args;
}
