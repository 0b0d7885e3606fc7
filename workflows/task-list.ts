import type { Task, TaskList } from '../definitions/language/types.ts';
import { standardFault } from './errors.ts';
import type { Inner, Place } from './place.ts';
import type { ListFrame } from './state.ts';
import type { Outcome } from './tasks/step.ts';

/**
 * How a list of tasks ended: `done` at its end, `exit` by that directive, `end`: the whole workflow is to end, with
 * this output, past everything around.
 */
export type ListResult = { output: unknown; how: 'done' | 'exit' | 'end' };

/** How tasks run what is inside them. Carried by the run, so that the kinds of tasks need not know the walk. */
export type Walker = {
  list(list: TaskList, base: string, frame: ListFrame, inner: Inner): Promise<ListResult>;
  task(place: Place, raw: unknown): Promise<Outcome>;
};

/** Name and definition of a list's entry; the loader has made sure that each has exactly one. */
export function entryOf(list: TaskList, index: number): [string, Task] {
  const entry = Object.entries(list[index] ?? {})[0];
  if (!entry) throw standardFault('configuration', `entry ${index} of a list of tasks is empty`);
  return entry;
}
