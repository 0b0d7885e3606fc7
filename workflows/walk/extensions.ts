import type { Extension, Task } from '../../core/language/types.ts';
import { taskKind } from '../../core/language/task-kinds.ts';
import { taskArguments } from '../data/arguments.ts';
import { pointer, type ListResult, type Place } from '../run/place.ts';
import type { ExtensionFrame } from '../run/state.ts';

/** Extensions before a task: `exit` in one of them takes the task's place, its output becomes the task's output. */
export async function runBefore(place: Place, raw: unknown, input: unknown): Promise<ListResult | undefined> {
  const { frame } = place;
  frame.extensions ??= { names: applicable(place, raw, input), next: 0 };
  return runExtensions(place, frame.extensions, 'before', input);
}

/** Extensions after a task. What they output goes nowhere: they observe. */
export async function runAfter(place: Place, output: unknown): Promise<ListResult | undefined> {
  const { extensions } = place.frame;
  if (!extensions) return undefined;
  const result = await runExtensions(place, extensions, 'after', output);
  return result?.how === 'end' ? result : undefined;
}

async function runExtensions(
  place: Place,
  frame: ExtensionFrame,
  when: 'before' | 'after',
  data: unknown,
): Promise<ListResult | undefined> {
  for (; frame.next < frame.names.length; frame.next++) {
    const name = frame.names[frame.next] ?? '';
    const [index, extension] = findExtension(place, name);
    const list = extension?.[when];
    if (!list) continue;
    frame.list ??= { at: 0, data };
    const base = pointer('use', 'extensions', index, name, when);
    const result = await place.run.walker.list(list, base, frame.list, { ...place, extending: true });
    delete frame.list;
    if (result.how !== 'done') return result;
  }
  frame.next = 0;
  return undefined;
}

/** Names of the extensions that apply, in the order of the definition. */
function applicable(place: Place, raw: unknown, input: unknown): string[] {
  const { definition, evaluator } = place.run;
  return (definition.use?.extensions ?? [])
    .flatMap((item) => Object.entries(item))
    .filter(([, extension]) => extendsTask(extension, place.task))
    .filter(
      ([, { when }]) => when === undefined || evaluator.condition(when, input, taskArguments(place, { raw, input })),
    )
    .map(([name]) => name);
}

function extendsTask({ extend }: Extension, task: Task): boolean {
  const kind = taskKind(task);
  return extend === 'all' || extend === kind || (extend === 'composite' && (kind === 'do' || kind === 'fork'));
}

function findExtension(place: Place, name: string): [number, Extension | undefined] {
  const items = place.run.definition.use?.extensions ?? [];
  const index = items.findIndex((item) => Object.hasOwn(item, name));
  return [index, items[index]?.[name]];
}
