import type { Finding } from '../../finding.ts';
import { shortList, suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import { directives, isFlowWord, OUT, successors } from '../graph.ts';
import { innerLists } from '../lists.ts';
import type { List, Place } from '../walk.ts';
import { findFunction } from '../../../catalogue/catalogue.ts';

/** `then` to a task that is not in the same list. */
export function checkTargets(context: Context): Finding[] {
  return context.lists.flatMap((list) =>
    list.places.flatMap((place) =>
      directives(place.task)
        .filter(({ target }) => !isFlowWord(target))
        .flatMap(({ path, target }) => {
          const told = list.order === 'branches' ? sideways(target) : dangling(context, list, target);
          return told ? [tellAt(context, [...place.path, ...path], told)] : [];
        }),
    ),
  );
}

function sideways(target: string) {
  const message = `a branch of a fork cannot continue with "${target}": branches run in parallel`;
  return { rule: 'flow/then', message, hint: 'put the steps of a branch into a do task' };
}

function dangling(context: Context, list: List, target: string) {
  const names = list.places.map((place) => place.name);
  if (names.includes(target)) return undefined;
  const message = `no task "${target}" in this list`;
  const elsewhere = context.places.some((place) => place.name === target);
  const hint = elsewhere
    ? 'that task is in another list; "then" can only name a task in the same list'
    : suggestion(target, [...names, 'continue', 'exit', 'end']);
  return { rule: 'flow/then', message, hint };
}

/** Cases without a condition: a switch has one at most (DSL "Switch Case"), since a second one would never be taken. */
export function checkDefaults(context: Context): Finding[] {
  return context.places.flatMap(({ task, path }) => {
    if (!('switch' in task)) return [];
    const cases = task.switch.flatMap((item, index) =>
      Object.entries(item).map(([name, { when }]) => ({ name, when, path: ['switch', index, name] })),
    );
    const [first, ...others] = cases.filter(({ when }) => when === undefined);
    return others.map(({ name, path: place }) => {
      const message = `the case "${name}" has no condition, as "${first?.name}" before it: it is never taken`;
      return tellAt(context, [...path, ...place], { rule: 'flow/default', message, hint: DEFAULT_HINT, at: 'key' });
    });
  });
}

const DEFAULT_HINT = 'write its "when", or remove it';

/** Tasks that nothing leads to. */
export function checkReachable(context: Context): Finding[] {
  return context.lists.flatMap((list) => {
    if (list.order === 'branches' || list.places.length === 0) return [];
    const reached = reach(successors(list), 0);
    return list.places.flatMap((place, index) => {
      // Only the first of several that follow one another is told: it explains the others.
      if (reached.has(index) || (index > 0 && !reached.has(index - 1))) return [];
      const before = list.places[index - 1];
      const why = before ? `; "${before.name}" before it never continues to it` : '';
      const message = `the task "${place.name}" is never reached${why}`;
      return [
        tellAt(context, place.path, {
          rule: 'flow/unreachable',
          message,
          hint: REACH_HINT,
          severity: 'warning',
          at: 'key',
        }),
      ];
    });
  });
}

const REACH_HINT = 'remove it, or lead to it with "then"';

/** Tasks that lead back to themselves with no way out and nothing to wait for. */
export function checkEndless(context: Context): Finding[] {
  return context.lists.flatMap((list) => {
    if (list.order === 'branches' || list.places.length === 0) return [];
    const next = successors(list);
    const told = new Set<number>();
    return list.places.flatMap((place, index) => {
      const around = reach(next, index, { self: false });
      if (told.has(index) || !around.has(index) || around.has(OUT)) return [];
      const circle = [...around].sort((a, b) => a - b);
      circle.forEach((member) => told.add(member));
      const members = circle.flatMap((member) => list.places[member] ?? []);
      if (members.some(waits)) return [];
      const message = `${shortList(members.map((member) => `"${member.name}"`))} repeat for ever without waiting`;
      return [
        tellAt(context, place.path, {
          rule: 'flow/endless',
          message,
          hint: ENDLESS_HINT,
          severity: 'warning',
          at: 'key',
        }),
      ];
    });
  });
}

const ENDLESS_HINT = 'add a wait or listen task, or a way out of the circle';

/** True where a task, or one inside it, waits for time, events or people. */
function waits({ task }: Pick<Place, 'task'>): boolean {
  if ('wait' in task || 'listen' in task) return true;
  if ('call' in task) return findFunction(task.call)?.kind === 'flow';
  return innerLists(task).some((list) =>
    list.tasks.some((item) => Object.values(item).some((inner) => waits({ task: inner }))),
  );
}

function reach(next: readonly number[][], from: number, options = { self: true }): Set<number> {
  const reached = new Set<number>(options.self ? [from] : []);
  const open = [from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const target of next[index] ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}
