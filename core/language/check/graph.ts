import type { Task } from '../types.ts';
import type { List, Path, Place } from './walk.ts';

/** A `then` somewhere in a task; `path` is relative to the task. */
export type Directive = { path: Path; target: string };

const WORDS = ['continue', 'exit', 'end'] as const;

/** Every flow directive of a task itself (not of tasks inside it). */
export function directives(task: Task): Directive[] {
  const own = task.then === undefined ? [] : [{ path: ['then'], target: task.then }];
  if ('switch' in task) {
    const cases = task.switch.flatMap((item, index) =>
      Object.entries(item).map(([name, branch]) => ({ path: ['switch', index, name, 'then'], target: branch.then })),
    );
    return [...cases, ...own];
  }
  if ('try' in task && task.catch.then !== undefined)
    return [{ path: ['catch', 'then'], target: task.catch.then }, ...own];
  return own;
}

/** True for `continue`, `exit` and `end`: every other directive names a task. */
export function isFlowWord(target: string): boolean {
  return WORDS.some((word) => word === target);
}

/** Where a list can go on after each of its tasks: indexes in the list, or OUT. */
export const OUT = -1;

export function successors(list: List): number[][] {
  const byName = new Map(list.places.map((place, index) => [place.name, index]));
  const goTo = (target: string, index: number): number[] => {
    if (target === 'exit' || target === 'end') return [OUT];
    if (target === 'continue') return [next(list, index)];
    // A name that is not there is told by itself; what follows must not be told as unreachable because of it.
    return [byName.get(target) ?? next(list, index)];
  };
  return list.places.map((place, index) => [...new Set(targets(place).flatMap((target) => goTo(target, index)))]);
}

function targets({ task }: Place): string[] {
  const then = task.then ?? 'continue';
  const skipped = task.if === undefined ? [] : ['continue'];
  if ('raise' in task) return ['exit', ...skipped];
  if ('switch' in task) {
    const branches = task.switch.flatMap((item) => Object.values(item));
    const hasDefault = branches.some((branch) => branch.when === undefined);
    return [...branches.map((branch) => branch.then), ...(hasDefault ? [] : [then]), ...skipped];
  }
  if ('try' in task && task.catch.then !== undefined) return [then, task.catch.then, ...skipped];
  return [then, ...skipped];
}

function next(list: List, index: number): number {
  return index + 1 < list.places.length ? index + 1 : OUT;
}
