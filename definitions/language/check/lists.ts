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
  if ('listen' in task) return iterated(['foreach', 'do'], task.foreach);
  if ('call' in task && task.call === 'asyncapi' && isSubscription(task.with)) {
    return iterated(['with', 'subscription', 'foreach', 'do'], task.with.subscription.foreach);
  }
  return [];
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

function iterated(path: readonly string[], iterator: Iterator | undefined): InnerList[] {
  return iterator?.do ? [sequence(path, iterator.do, iteratorVariables(iterator))] : [];
}

function sequence(path: readonly string[], tasks: TaskList, binds: readonly string[] = []): InnerList {
  return { path, tasks, binds, order: 'sequence' };
}

function isSubscription(value: object | undefined): value is { subscription: { foreach?: Iterator } } {
  return value !== undefined && 'subscription' in value;
}
