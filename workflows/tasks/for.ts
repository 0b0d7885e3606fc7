import type { ForTask } from '../../core/language/types.ts';
import { taskArguments } from '../data/arguments.ts';
import { standardFault } from '../run/errors.ts';
import { bodyOf, type ListFrame } from '../run/state.ts';
import type { Runner, Step } from './step.ts';

type Body = { items: unknown[]; index: number; data: unknown; list?: ListFrame };

/**
 * DSL "For": the tasks once for each item; each iteration takes the output of the one before. `exit` ends the iteration
 * (the scope that the directive stands in), `while` ends the loop.
 */
export const forTask: Runner<ForTask> = async (step) => {
  const { task, run } = step;
  const body = bodyOf<Body>(step.frame, () => ({ items: itemsOf(step, task.for.in), index: 0, data: step.input }));
  for (; body.index < body.items.length; body.index++) {
    const variables = {
      ...step.variables,
      [task.for.each ?? 'item']: body.items[body.index],
      [task.for.at ?? 'index']: body.index,
    };
    const inner = { ...step, variables };
    if (!body.list && task.while !== undefined) {
      if (!run.evaluator.condition(task.while, body.data, taskArguments(inner, step))) break;
    }
    body.list ??= { at: 0, data: body.data };
    const { output, how } = await run.walker.list(task.do, `${step.reference}/do`, body.list, inner);
    if (how === 'end') return { output, ended: true };
    body.data = output;
    delete body.list;
  }
  return { output: body.data };
};

function itemsOf(step: Step, source: ForTask['for']['in']): unknown[] {
  const { evaluator } = step.run;
  const args = taskArguments(step, step);
  const items =
    typeof source === 'string'
      ? evaluator.expression(source, step.input, args)
      : evaluator.value(source, step.input, args);
  if (Array.isArray(items)) return items;
  throw standardFault('expression', `for.in must give a list, ${JSON.stringify(source)} gave ${typeName(items)}`);
}

function typeName(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
