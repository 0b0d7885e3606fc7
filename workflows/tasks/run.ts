import {
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  startChild,
  type ChildWorkflowOptions,
} from '@temporalio/workflow';
import type { RunTask, WorkflowDefinition } from '../../core/language/types.ts';
import {
  FIND_DEFINITION_ACTIVITY,
  RUN_PROCESS_ACTIVITY,
  WORKFLOW_TYPE,
  type AutomationInput,
} from '../../core/model/run.ts';
import { callActivity, callInfo } from '../run/activities.ts';
import { taskArguments } from '../data/arguments.ts';
import { guardSize } from '../run/bounds.ts';
import { standardFault } from '../run/errors.ts';
import { bodyOf } from '../run/state.ts';
import { resolveWith } from './protocols.ts';
import type { Outcome } from '../run/place.ts';
import type { Runner, Step } from './step.ts';

/** A process may run long; it heartbeats while it does. One attempt: nobody knows what a half-done script has done. */
const PROCESS_LIMITS = { attemptMs: 60 * 60_000, heartbeatMs: 60_000, attempts: 1 };

type Subflow = Extract<RunTask['run'], { workflow: unknown }>;

/** DSL "Run". `workflow` starts a child; script, shell and container are activities, which need the operator's permission. */
export const runTask: Runner<RunTask> = async (step) => {
  const { run } = step.task;
  return 'workflow' in run ? runWorkflow(step, run) : runProcess(step, run);
};

async function runWorkflow(step: Step, { workflow, await: wait, return: returns }: Subflow): Promise<Outcome> {
  const { run, input } = step;
  const { namespace, name, version } = workflow;
  const found = await callActivity(step, FIND_DEFINITION_ACTIVITY, { namespace, name, version });
  if (!isFound(found)) throw standardFault('configuration', `there is no definition ${namespace}/${name} ${version}`);
  const args =
    workflow.input === undefined ? input : run.evaluator.value(workflow.input, input, taskArguments(step, step));
  guardSize(args, `what "${step.name}" hands to ${namespace}/${name}`);
  const { definition, hash } = found;
  const child: AutomationInput = { definition, hash, input: args, options: run.options };
  // The key is the child's name: a second attempt by an operator meets the same child and cannot start another.
  const options: ChildWorkflowOptions & { args: [AutomationInput] } = {
    args: [child],
    workflowId: attemptId(step),
    cancellationType: ChildWorkflowCancellationType.TRY_CANCEL,
    memo: { title: `${namespace}/${name}`, version: definition.document.version },
  };
  if (wait === false) {
    await run.pace.busily(() =>
      startChild(WORKFLOW_TYPE, { ...options, parentClosePolicy: ParentClosePolicy.ABANDON }),
    );
    return { output: input };
  }
  const output: unknown = await run.pace.busily(
    () => executeChild(WORKFLOW_TYPE, { ...options, parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL }),
    true,
  );
  return { output: returns === 'none' ? null : output };
}

/** Workflow id of the child. A child that has failed lets the next attempt use its id again (Temporal's default). */
function attemptId(step: Step): string {
  return bodyOf(step.frame, () => ({ id: callInfo(step).key })).id;
}

/** The worker where it would run says whether it may: what a run was once started with does not count. */
async function runProcess(step: Step, process: Exclude<RunTask['run'], Subflow>): Promise<Outcome> {
  const args = processArguments(step, process);
  const { secretsToken: token } = step.run.state;
  const call = { ...callInfo(step), secrets: { token, names: step.run.definition.use?.secrets ?? [] } };
  const output = await callActivity(step, RUN_PROCESS_ACTIVITY, args, { limits: PROCESS_LIMITS, call });
  return { output: process.await === false ? step.input : output };
}

/**
 * Evaluated, but for the code of a script: its own `${ }` is the script's, and data that got into code would be run.
 * They come by arguments, input and environment.
 */
function processArguments(step: Step, process: Exclude<RunTask['run'], Subflow>): Record<string, unknown> {
  if (!('script' in process) || !('code' in process.script)) return resolveWith(step, process);
  const { code, ...script } = process.script;
  const { script: resolved, ...rest } = resolveWith(step, { ...process, script });
  return { ...rest, script: { ...Object(resolved), code } };
}

function isFound(value: unknown): value is { definition: WorkflowDefinition; hash: string } {
  return typeof value === 'object' && value !== null && 'definition' in value && 'hash' in value;
}
