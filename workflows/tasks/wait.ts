import type { WaitTask } from '../../core/language/types.ts';
import { taskArguments } from '../data/arguments.ts';
import { iso, now, pause } from '../run/clock.ts';
import { bodyOf } from '../run/state.ts';
import { evaluateDuration } from '../walk/timeouts.ts';
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
