import type { ListenTask } from '../../core/language/types.ts';
import { taskArguments } from '../data/arguments.ts';
import { validate } from '../data/data-flow.ts';
import type { Outcome } from '../run/place.ts';
import type { ListFrame } from '../run/state.ts';
import type { Step } from './step.ts';

/** DSL "Subscription Iterator", of `listen` and of AsyncAPI subscriptions alike. */
export type Iterator = NonNullable<ListenTask['foreach']>;

/** What an iteration is busy with: an event or a message, and how far it has come. */
export type Current = { item: unknown; list: ListFrame };

/** An iteration that has ended: what it gives, or the outcome of a task inside that ended the workflow. */
export type Iterated = { output: unknown } | { ended: Outcome };

/** Runs `foreach` for one item, then its `output` and `export`. `at`: the item's number, from 0. */
export async function iterate(
  step: Step,
  foreach: Iterator,
  { item, list }: Current,
  { at, base }: { at: number; base: string },
): Promise<Iterated> {
  const variables = { ...step.variables, [foreach.item ?? 'item']: item, [foreach.at ?? 'index']: at };
  const inner = { ...step, variables };
  const { output, how } = await step.run.walker.list(foreach.do ?? [], base, list, inner);
  if (how === 'end') return { ended: { output, ended: true } };
  const { run } = step;
  const args = { ...taskArguments(inner, step), input: item };
  const as = foreach.output?.as;
  const transformed = as === undefined ? output : run.evaluator.transformation(as, output, args);
  await validate(step, foreach.output?.schema, transformed, `the output of an iteration of "${step.name}"`);
  if (foreach.export?.as !== undefined) {
    const exportArgs = { ...args, output: transformed };
    const context = run.evaluator.transformation(foreach.export.as, transformed, exportArgs);
    await validate(step, foreach.export.schema, context, `the context that "${step.name}" exports`);
    run.state.context = context;
  }
  return { output: transformed };
}
