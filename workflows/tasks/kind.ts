import type { Task, TaskKind } from '../../definitions/language/types.ts';

/** Keywords that tell the kind. `for` stands before `do`, which a loop has too. */
const KINDS: readonly TaskKind[] = [
  'call',
  'emit',
  'for',
  'fork',
  'listen',
  'raise',
  'run',
  'set',
  'switch',
  'try',
  'wait',
  'do',
];

/** Kind of a task, or undefined for what is no task. */
export function kindOf(task: Task): TaskKind | undefined {
  return KINDS.find((kind) => Object.hasOwn(task, kind));
}
