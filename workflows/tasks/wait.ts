import type { WaitTask } from '../../definitions/language/types.ts';
import { taskArguments } from '../arguments.ts';
import { iso, now, pause } from '../clock.ts';
import { bodyOf } from '../state.ts';
import { evaluateDuration } from '../timeouts.ts';
import type { Runner } from './step.ts';

/** DSL "Wait". The frame keeps the moment, not the length: a run that continues as new does not wait again. */
export const waitTask: Runner<WaitTask> = async (step) => {
  const { until } = bodyOf(step.frame, () => ({
    until: now() + evaluateDuration(step.run.evaluator, step.task.wait, step.input, taskArguments(step, step)),
  }));
  const left = until - now();
  if (left > 0) await step.run.progress.waiting(step.reference, `the time ${iso(until)}`, () => pause(left));
  return { output: step.input };
};
