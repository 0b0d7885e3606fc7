import type { Task, TaskList } from '../../core/language/types.ts';
import { standardFault } from '../run/errors.ts';

/** Name and definition of a list's entry; the loader has made sure that each has exactly one. */
export function entryOf(list: TaskList, index: number): [string, Task] {
  const entry = Object.entries(list[index] ?? {})[0];
  if (!entry) throw standardFault('configuration', `entry ${index} of a list of tasks is empty`);
  return entry;
}
