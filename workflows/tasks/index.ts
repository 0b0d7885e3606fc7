import type * as language from '../../core/language/types.ts';
import { taskKind } from '../../core/language/task-kinds.ts';
import { standardFault } from '../run/errors.ts';
import { callTask } from './call.ts';
import { doTask } from './do.ts';
import { emitTask } from './emit.ts';
import { forTask } from './for.ts';
import { forkTask } from './fork.ts';
import { listenTask } from './listen.ts';
import { raiseTask } from './raise.ts';
import { runTask } from './run.ts';
import { setTask } from './set.ts';
import type { Runner } from './step.ts';
import { switchTask } from './switch.ts';
import { tryTask } from './try.ts';
import { waitTask } from './wait.ts';

/** The twelve kinds of tasks (DSL "Task"), each in a file of its own. */
const runners = {
  call: callTask,
  do: doTask,
  emit: emitTask,
  for: forTask,
  fork: forkTask,
  listen: listenTask,
  raise: raiseTask,
  run: runTask,
  set: setTask,
  switch: switchTask,
  try: tryTask,
  wait: waitTask,
};

/** What does a task. Throws a fault of type `configuration` for an object that is no task. */
export function runnerOf(task: language.Task): Runner {
  const kind = taskKind(task);
  if (!kind) throw standardFault('configuration', `${Object.keys(task).join(', ')}: this is not a task of the DSL`);
  // The kind is read off the task itself, so the runner's own type of task is the right one.
  return runners[kind] as Runner;
}
