import type { SetTask } from '../../core/language/types.ts';
import { taskArguments } from '../data/arguments.ts';
import type { Runner } from './step.ts';

/** DSL "Set": the evaluated value is the output; it does not merge into the data. */
export const setTask: Runner<SetTask> = async (step) => ({
  output: step.run.evaluator.value(step.task.set, step.input, taskArguments(step, step)),
});
