import { taskKind } from '../../core/language/task-kinds.ts';
import type { ForTask, ListenTask, Task, TaskList, TryTask, WorkflowDefinition } from '../../core/language/types.ts';
import { pointer } from '../run/place.ts';
import type { ListFrame, RunState, TaskFrame } from '../run/state.ts';
import { entryOf } from '../walk/task-list.ts';

/** Why a run cannot go on in another version, in words for the operator. */
export class CannotMove extends Error {}

/** Where tasks under way were, and where they are in the new version, outermost first. */
type Moved = [from: string, to: string][];
type Site<T> = { from: T; to: T; old: string; now: string; moved: Moved };

/**
 * Moves a run's place into another version of its definition: each task under way is looked up by its name in the list
 * that it stood in, from the outside inwards. What has run stays as it was; data are kept. Changes `state`.
 *
 * @throws CannotMove when a task under way is not there any more, or is of another kind
 */
export function moveState(from: WorkflowDefinition, to: WorkflowDefinition, state: RunState): void {
  const moved: Moved = [];
  if (state.root.at >= 0) moveList({ from: from.do, to: to.do, old: '/do', now: '/do', moved }, state.root);
  const places = new Map(moved);
  const follow = (reference: string): string => places.get(reference) ?? reference;
  for (const incident of state.incidents) incident.reference = follow(incident.reference);
  for (const task of state.tasks) if (task.endedAt === undefined) task.reference = follow(task.reference);
}

function moveList({ from, to, old, now, moved }: Site<TaskList>, frame: ListFrame): void {
  if (frame.at >= from.length) {
    frame.at = to.length;
    return;
  }
  const [name, task] = entryOf(from, frame.at);
  const at = to.findIndex((item) => Object.hasOwn(item, name));
  if (at < 0) throw new CannotMove(`it is at "${name}" (${old}), and the new version has no task with that name there`);
  const [, next] = entryOf(to, at);
  const site = { old: old + pointer(frame.at, name), now: now + pointer(at, name), moved };
  frame.at = at;
  if (!frame.task) return;
  moved.push([site.old, site.now]);
  moveTask({ ...site, from: task, to: next }, frame.task);
}

/** A task that has kept nothing of its own (a call that failed, a wait) may change in any way. */
function moveTask(site: Site<Task>, frame: TaskFrame): void {
  if (frame.extensions?.list) throw new CannotMove(`extensions of ${site.old} are in progress: let them finish first`);
  if (frame.body === undefined) return;
  const [before, after] = [taskKind(site.from), taskKind(site.to)];
  if (before !== after) throw new CannotMove(`${site.old} is in progress as "${before}" and would become "${after}"`);
  const within = (key: string, from: TaskList | undefined, to: TaskList | undefined, list?: ListFrame): void => {
    if (!list) return;
    if (!from || !to) throw new CannotMove(`${site.old}/${key} is in progress, and the new version does not have it`);
    moveList({ ...site, from, to, old: `${site.old}/${key}`, now: `${site.now}/${key}` }, list);
  };
  const body = frame.body as { list?: ListFrame; catching?: ListFrame; current?: { list: ListFrame } };
  if (before === 'do') within('do', listOf(site.from), listOf(site.to), frame.body as ListFrame);
  if (before === 'for') within('do', (site.from as ForTask).do, (site.to as ForTask).do, body.list);
  if (before === 'try') {
    const [was, is] = [site.from as TryTask, site.to as TryTask];
    if (body.catching) within('catch/do', was.catch.do, is.catch.do, body.catching);
    else within('try', was.try, is.try, body.list);
  }
  if (before === 'listen') {
    const [was, is] = [site.from as ListenTask, site.to as ListenTask];
    within('foreach/do', was.foreach?.do, is.foreach?.do, body.current?.list);
  }
  if (before === 'fork') sameFork(site);
}

const listOf = (task: Task): TaskList | undefined => ('do' in task ? task.do : undefined);

/** Branches run side by side and consume events each for itself: they are moved only where nothing around them changed. */
function sameFork({ from, to, old, now }: Site<Task>): void {
  if (old === now && JSON.stringify(from) === JSON.stringify(to)) return;
  throw new CannotMove(
    `the branches of ${old} are in progress, and the new version changes them or the tasks before them`,
  );
}
