import type { ErrorDefinition, RaiseTask } from '../../core/language/types.ts';
import { isBusiness, Problem } from '../../core/model/problem.ts';
import { taskArguments } from '../data/arguments.ts';
import { Fault, standardFault } from '../run/errors.ts';
import type { Runner, Step } from './step.ts';

/** DSL "Raise": an error in place, or one of `use.errors`. Never parks: the definition means it. */
export const raiseTask: Runner<RaiseTask> = async (step) => {
  const definition = definitionOf(step, step.task.raise.error);
  const evaluated = step.run.evaluator.value(definition, step.input, taskArguments(step, step));
  const { success, data, error } = Problem.safeParse(evaluated);
  if (!success) throw standardFault('expression', `the error to raise is not valid: ${error.message}`);
  const problem = { ...data, instance: data.instance ?? step.reference };
  throw new Fault(problem, isBusiness(problem) ? 'business' : 'raised');
};

function definitionOf(step: Step, error: string | ErrorDefinition): ErrorDefinition {
  if (typeof error !== 'string') return error;
  const found = step.run.definition.use?.errors?.[error];
  if (!found) throw standardFault('configuration', `error "${error}" is not defined under use.errors`);
  return found;
}
