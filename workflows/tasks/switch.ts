import type { SwitchTask } from '../../core/language/types.ts';
import { taskArguments } from '../data/arguments.ts';
import type { Runner } from './step.ts';

/** DSL "Switch": the first case whose condition is true; a case without one, wherever it stands, when no other is. */
export const switchTask: Runner<SwitchTask> = async (step) => {
  const args = taskArguments(step, step);
  const cases = step.task.switch.flatMap((item) => Object.entries(item));
  const match =
    cases.find(([, { when }]) => when !== undefined && step.run.evaluator.condition(when, step.input, args)) ??
    cases.find(([, { when }]) => when === undefined);
  if (!match) return { output: step.input };
  const [name, { then }] = match;
  step.run.progress.choose(step.reference, name);
  return { output: step.input, then };
};
