import type { CallTask } from '../../definitions/language/types.ts';
import { findFunction } from '../../definitions/functions/catalogue.ts';
import type { FunctionSpec } from '../../definitions/functions/define.ts';
import { callActivity, callInfo } from '../activities.ts';
import { taskArguments } from '../arguments.ts';
import { standardFault } from '../errors.ts';
import type { FlowContext } from '../flows/context.ts';
import { findFlow } from '../flows/index.ts';
import { bodyOf, type TaskFrame } from '../state.ts';
import { isProtocol, protocolCall } from './protocols.ts';
import type { Outcome, Runner, Step } from './step.ts';

/** `name:version@default` names a function of our own catalogue (DSL "Default Catalog"). */
const CATALOGED = /^(?<name>[^:@]+)(?::(?<version>[^@]+))?@(?<catalog>[^@]+)$/;

/** DSL "Call": a protocol, a function of `use.functions`, or one of the catalogue. An unknown name fails at once. */
export const callTask: Runner<CallTask> = async (step) => {
  const name = step.task.call;
  if (isProtocol(name)) return { output: await protocolCall(step, name) };
  const own = step.run.definition.use?.functions?.[name];
  if (own) return callOwn(step, own);
  const spec = findFunction(catalogueName(name));
  if (!spec) {
    throw standardFault(
      'configuration',
      `there is no function "${name}": neither under use.functions nor in the catalogue`,
    );
  }
  const args = argumentsOf(step);
  return { output: spec.kind === 'flow' ? await callFlow(step, spec, args) : await callSpec(step, spec, args) };
};

/** A function of `use.functions` is a task whose input is the call's `with`. */
async function callOwn(step: Step & { task: CallTask }, task: CallTask | Step['task']): Promise<Outcome> {
  const body = bodyOf<{ frame: TaskFrame; args: unknown }>(step.frame, () => ({ frame: {}, args: argumentsOf(step) }));
  const place = { ...step, name: step.task.call, task, reference: `${step.reference}/call`, frame: body.frame };
  const { output, ended, then } = await step.run.walker.task({ ...place, variables: {} }, body.args);
  return { output, ended: ended || then === 'end' };
}

function callSpec(step: Step, { name, capability, limits }: FunctionSpec, args: unknown): Promise<unknown> {
  return callActivity(step, name, args, { capability, limits });
}

async function callFlow(step: Step, spec: FunctionSpec, args: unknown): Promise<unknown> {
  const flow = findFlow(spec.name);
  if (!flow) throw standardFault('configuration', `function "${spec.name}" is not part of this worker`);
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
    waiting: (work) => step.run.progress.waiting(step.reference, work, true),
  };
  return step.run.pace.busily(() => flow(args, context), true);
}

/** The evaluated `with`, or what an operator put in its place. */
export function argumentsOf(step: Step & { task: CallTask }): unknown {
  if (step.frame.changedWith) return step.frame.changedWith.value;
  return step.run.evaluator.value(step.task.with ?? {}, step.input, taskArguments(step, step));
}

function catalogueName(name: string): string {
  const groups = CATALOGED.exec(name)?.groups;
  return groups?.['catalog'] === 'default' ? (groups['name'] ?? name) : name;
}
