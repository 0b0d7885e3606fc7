import type { Task, TaskList } from '../types.ts';

/** A list of tasks inside a task. `binds`: the variables that its tasks see beside those of the task itself. */
export type InnerList = {
  path: readonly string[];
  tasks: TaskList;
  binds: readonly string[];
  /** Branches run side by side; the tasks of a sequence one after another. */
  order: 'sequence' | 'branches';
};

/** Names that the DSL gives to variables where the definition does not. */
const DEFAULTS = { item: 'item', index: 'index', error: 'error' } as const;

/** Every list of tasks that stands directly in a task, wherever the DSL has one. */
export function innerLists(task: Task): InnerList[] {
  if ('for' in task) return [sequence(['do'], task.do, loopVariables(task.for))];
  if ('do' in task) return [sequence(['do'], task.do)];
  if ('fork' in task) return [{ path: ['fork', 'branches'], tasks: task.fork.branches, binds: [], order: 'branches' }];
  if ('try' in task) {
    const caught = task.catch.do;
    const handler = caught ? [sequence(['catch', 'do'], caught, errorVariables(task.catch))] : [];
    return [sequence(['try'], task.try), ...handler];
  }
  const found = iteratorOf(task);
  if (!found?.iterator.do) return [];
  const path = [...found.at.slice(1).split('/'), 'do'];
  return [sequence(path, found.iterator.do, iteratorVariables(found.iterator))];
}

/** The `foreach` of a task that listens or subscribes, and the pointer to it from the task. */
export function iteratorOf(task: Task): { at: string; iterator: Iterator } | undefined {
  if ('listen' in task) return task.foreach && { at: '/foreach', iterator: task.foreach };
  if (!('call' in task) || task.call !== 'asyncapi' || !isSubscription(task.with)) return undefined;
  const { foreach } = task.with.subscription;
  return foreach && { at: '/with/subscription/foreach', iterator: foreach };
}

export function loopVariables(loop: { each?: string | undefined; at?: string | undefined }): string[] {
  return [loop.each ?? DEFAULTS.item, loop.at ?? DEFAULTS.index];
}

export function iteratorVariables(iterator: { item?: string | undefined; at?: string | undefined }): string[] {
  return [iterator.item ?? DEFAULTS.item, iterator.at ?? DEFAULTS.index];
}

export function errorVariables(caught: { as?: string | undefined }): string[] {
  return [caught.as ?? DEFAULTS.error];
}

type Iterator = { item?: string | undefined; at?: string | undefined; do?: TaskList | undefined };

function sequence(path: readonly string[], tasks: TaskList, binds: readonly string[] = []): InnerList {
  return { path, tasks, binds, order: 'sequence' };
}

function isSubscription(value: object | undefined): value is { subscription: { foreach?: Iterator } } {
  return value !== undefined && 'subscription' in value;
}
