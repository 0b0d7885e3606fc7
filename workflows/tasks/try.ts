import { isCancellation } from '@temporalio/workflow';
import type { RetryPolicy, TryTask } from '../../core/language/types.ts';
import { errorName, type Problem } from '../../core/model/problem.ts';
import { taskArguments } from '../data/arguments.ts';
import { iso, now, pause } from '../run/clock.ts';
import { standardFault, toFault } from '../run/errors.ts';
import type { Catcher, ListResult, Outcome } from '../run/place.ts';
import { allowsRetry, attemptLimit, pauseBefore, type RetryContext } from '../walk/retry.ts';
import { bodyOf, type ListFrame } from '../run/state.ts';
import { withDeadline } from '../walk/timeouts.ts';
import type { Runner, Step } from './step.ts';

/** `error` is set while it is caught: the catch's own tasks run, or the pause before a retry. */
type Body = {
  retries: number;
  startedAt: number;
  list: ListFrame;
  catching?: ListFrame;
  /** When this attempt times out. */
  deadline?: number;
  /** Counts of calls when the attempt began: a retry makes the same calls again, under the same keys. */
  calls: Record<string, number>;
  error?: Problem;
  retryAt?: number;
};

type TryStep = Step & { task: TryTask };

/**
 * DSL "Try". A caught error is retried as long as the policy allows; then `catch.do` deals with it. An error whose
 * retries are used up and that has no `catch.do` goes on upwards: swallowing it would hide it.
 */
export const tryTask: Runner<TryTask> = async (step) => {
  const body = bodyOf<Body>(step.frame, () => ({
    retries: 0,
    startedAt: now(),
    list: { at: 0, data: step.input },
    calls: callsWithin(step),
  }));
  for (;;) {
    const outcome = body.error ? await handle(step, body, body.error) : await attempt(step, body);
    if (outcome) return outcome;
  }
};

/** One attempt. Undefined: an error was caught and waits in the body. */
async function attempt(step: TryStep, body: Body): Promise<Outcome | undefined> {
  const policy = policyOf(step);
  const limit = attemptLimit(policy, contextOf(step));
  if (limit !== undefined) body.deadline ??= now() + limit;
  const inner = { ...step, catchers: [catcherOf(step, body), ...step.catchers] };
  try {
    const work = () => step.run.walker.list(step.task.try, `${step.reference}/try`, body.list, inner);
    return toOutcome(await withDeadline(body.deadline, `an attempt of "${step.name}"`, work));
  } catch (error) {
    if (isCancellation(error)) throw error;
    const fault = toFault(error, step.reference);
    if (fault.origin === 'ended' || !catches(step, fault.problem)) throw fault;
    if (!retriesLeft(step, body, fault.problem) && !isHandledWithoutRetry(step)) throw fault;
    body.error = fault.problem;
    return undefined;
  }
}

/** A caught error: a pause before the next attempt (undefined), or `catch.do`. */
async function handle(step: TryStep, body: Body, error: Problem): Promise<Outcome | undefined> {
  const policy = policyOf(step);
  if (policy && (body.retryAt !== undefined || retriesLeft(step, body, error))) {
    body.retryAt ??= now() + pauseBefore(policy, body.retries + 1, contextOf(step, error));
    const { retryAt } = body;
    if (retryAt > now()) await step.run.progress.waiting(step.reference, nextTry(body), () => pause(retryAt - now()));
    body.retries++;
    step.run.lifecycle.task('retried', step.reference);
    body.list = { at: 0, data: step.input };
    restoreCalls(step, body.calls);
    delete body.error;
    delete body.retryAt;
    delete body.deadline;
    return undefined;
  }
  const { do: tasks, then } = step.task.catch;
  if (!tasks) return { output: step.input, then };
  body.catching ??= { at: 0, data: step.input };
  const variables = { ...step.variables, [errorVariable(step)]: error };
  const result = await step.run.walker.list(tasks, `${step.reference}/catch/do`, body.catching, { ...step, variables });
  return { ...toOutcome(result), ...(then !== undefined && { then }) };
}

const nextTry = ({ retries, retryAt = 0, error }: Body): string =>
  `its next attempt, retry ${retries + 1}, at ${iso(retryAt)} (${error?.detail ?? error?.type ?? 'failed'})`;
const toOutcome = ({ output, how }: ListResult): Outcome => ({ output, ended: how === 'end' });
const errorVariable = (step: TryStep): string => step.task.catch.as ?? 'error';

/** `errors.with`, `when`, `exceptWhen`: types are compared by their last segment, across the specification's spellings. */
function catches(step: TryStep, problem: Problem): boolean {
  const { errors, when, exceptWhen } = step.task.catch;
  for (const [key, expected] of Object.entries(errors?.with ?? {})) {
    const actual: unknown = Object.entries(problem).find(([name]) => name === key)?.[1];
    if (key === 'type' ? errorName(problem.type) !== errorName(String(expected)) : actual !== expected) return false;
  }
  const { evaluator, input, args } = contextOf(step, problem);
  if (when !== undefined && !evaluator.condition(when, input, args)) return false;
  return exceptWhen === undefined || !evaluator.condition(exceptWhen, input, args);
}

function catcherOf(step: TryStep, body: Body): Catcher {
  return {
    retries: step.task.catch.retry !== undefined,
    wouldHandle: (problem) =>
      catches(step, problem) && (retriesLeft(step, body, problem) || isHandledWithoutRetry(step)),
  };
}

/** Without a retry policy, catching alone deals with an error; with one, only `catch.do` does once retries are used up. */
function isHandledWithoutRetry({ task }: TryStep): boolean {
  return task.catch.do !== undefined || task.catch.retry === undefined;
}

function retriesLeft(step: TryStep, body: Body, problem: Problem): boolean {
  const policy = policyOf(step);
  return policy !== undefined && allowsRetry(policy, body, contextOf(step, problem));
}

function policyOf(step: TryStep): RetryPolicy | undefined {
  const { retry } = step.task.catch;
  if (typeof retry !== 'string') return retry;
  const policy = step.run.definition.use?.retries?.[retry];
  if (!policy) throw standardFault('configuration', `retry policy "${retry}" is not defined under use.retries`);
  return policy;
}

function contextOf(step: TryStep, error: Problem | null = null): RetryContext {
  const args = { ...taskArguments(step, step), [errorVariable(step)]: error };
  return { evaluator: step.run.evaluator, input: step.input, args };
}

function callsWithin({ run, reference }: TryStep): Record<string, number> {
  return Object.fromEntries(Object.entries(run.state.calls).filter(([key]) => key.startsWith(`${reference}/`)));
}

function restoreCalls({ run, reference }: TryStep, calls: Record<string, number>): void {
  for (const key of Object.keys(run.state.calls)) {
    if (key.startsWith(`${reference}/`)) delete run.state.calls[key];
  }
  Object.assign(run.state.calls, calls);
}
