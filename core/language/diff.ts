import type { Task, TaskList, WorkflowDefinition } from './types.ts';

/** One difference between two versions of a definition. `what`: names of the tasks around and of the task, or a section. */
export type Change = { change: 'added' | 'removed' | 'changed' | 'moved'; what: string };

/** Parts beside the tasks, as an author finds them in the file. */
const SECTIONS = ['input', 'use', 'timeout', 'output', 'schedule', 'evaluate'] as const;

/** What differs between two versions of a definition, in the order of the newer one: sections first, then tasks. */
export function diffDefinitions(from: WorkflowDefinition, to: WorkflowDefinition): Change[] {
  const sections = SECTIONS.flatMap((name): Change[] => compare(name, from[name], to[name]));
  return [...sections, ...diffLists(from.do, to.do, '')];
}

function diffLists(from: TaskList, to: TaskList, around: string): Change[] {
  const [before, after] = [entries(from), entries(to)];
  const stayed = [...after.keys()].filter((name) => before.has(name));
  const order = [...before.keys()].filter((name) => after.has(name));
  const changes: Change[] = [];
  for (const [name, task] of after) {
    const what = around + name;
    const old = before.get(name);
    if (!old) {
      changes.push({ change: 'added', what });
      continue;
    }
    if (stayed.indexOf(name) !== order.indexOf(name)) changes.push({ change: 'moved', what });
    changes.push(...diffTasks(old, task, what));
  }
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [...changes, ...gone.map((name): Change => ({ change: 'removed', what: around + name }))];
}

function diffTasks(from: Task, to: Task, what: string): Change[] {
  const [before, after] = [apart(from), apart(to)];
  const own = compare(what, before.own, after.own);
  const keys = new Set([...before.lists.keys(), ...after.lists.keys()]);
  const inner = [...keys].flatMap((key) =>
    diffLists(before.lists.get(key) ?? [], after.lists.get(key) ?? [], `${what} > `),
  );
  return [...own, ...inner];
}

/** A task without the lists of tasks in it, and these lists by their place. */
function apart(task: Task): { own: unknown; lists: Map<string, TaskList> } {
  const lists = new Map<string, TaskList>();
  const own = walk(task, '');
  return { own, lists };

  function walk(value: unknown, place: string): unknown {
    if (Array.isArray(value) && /(?:^|\/)(?:do|try|branches)$/.test(place) && value.every(isEntry)) {
      lists.set(place, value as TaskList);
      return null;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, walk(part, place ? `${place}/${key}` : key)]),
    );
  }
}

const isEntry = (item: unknown): boolean => typeof item === 'object' && item !== null && Object.keys(item).length === 1;

const entries = (list: TaskList): Map<string, Task> => new Map(list.flatMap((item) => Object.entries(item)));

function compare(what: string, from: unknown, to: unknown): Change[] {
  if (stable(from) === stable(to)) return [];
  return [{ change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed', what }];
}

/** Text of a value in which the order of keys does not count. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
