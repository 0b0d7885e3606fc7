/** Keywords that tell what a task does. `for` stands before `do`, which a loop has too. */
export const TASK_KINDS = [
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
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** The keyword that tells what a task does, or undefined for what is no task. */
export function taskKind(task: unknown): TaskKind | undefined {
  if (typeof task !== 'object' || task === null) return undefined;
  return TASK_KINDS.find((kind) => Object.hasOwn(task, kind));
}
