import type { Task, TaskKind, TaskList, WorkflowDefinition } from '../types.ts';
import { taskKind } from '../task-kinds.ts';
import { type InnerList, innerLists } from './lists.ts';

export type Path = readonly PropertyKey[];

/** One task of a definition and where it stands. */
export type Place = {
  path: Path;
  name: string;
  task: Task;
  kind: TaskKind;
  /** Variables that loops and catches around the task give it. */
  variables: readonly string[];
};

/** One list of tasks. `path` leads to the list. */
export type List = { path: Path; tasks: TaskList; order: InnerList['order']; places: readonly Place[] };

/** Every task and every list of a definition, in the order of the text's parts: `do`, extensions, functions. */
export function walk(definition: WorkflowDefinition): { places: Place[]; lists: List[] } {
  const walker = new Walker();
  walker.list({ path: ['do'], tasks: definition.do, binds: [], order: 'sequence' }, [], []);
  for (const [index, entry] of (definition.use?.extensions ?? []).entries()) {
    for (const [name, extension] of Object.entries(entry)) {
      const path = ['use', 'extensions', index, name];
      for (const part of ['before', 'after'] as const) {
        const tasks = extension[part];
        if (tasks) walker.list({ path: [part], tasks, binds: [], order: 'sequence' }, path, []);
      }
    }
  }
  for (const [name, task] of Object.entries(definition.use?.functions ?? {})) {
    walker.task(name, task, ['use', 'functions', name], []);
  }
  return { places: walker.places, lists: walker.lists };
}

class Walker {
  readonly places: Place[] = [];
  readonly lists: List[] = [];

  list(inner: InnerList, base: Path, around: readonly string[]): void {
    const path = [...base, ...inner.path];
    const variables = [...around, ...inner.binds];
    const places: Place[] = [];
    this.lists.push({ path, tasks: inner.tasks, order: inner.order, places });
    for (const [index, item] of inner.tasks.entries()) {
      for (const [name, task] of Object.entries(item)) {
        const place = this.task(name, task, [...path, index, name], variables);
        if (place) places.push(place);
      }
    }
  }

  task(name: string, task: Task, path: Path, variables: readonly string[]): Place | undefined {
    const kind = taskKind(task);
    if (!kind) return undefined;
    const place = { path, name, task, kind, variables };
    this.places.push(place);
    for (const inner of innerLists(task)) this.list(inner, path, variables);
    return place;
  }
}
