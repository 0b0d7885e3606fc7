import type { TaskList } from '../../core/language/types.ts';
import { standardFault } from '../run/errors.ts';
import { pointer, type Inner, type ListResult } from '../run/place.ts';
import type { ListFrame } from '../run/state.ts';
import { entryOf } from './task-list.ts';
import { runTask } from './run-task.ts';

/**
 * Runs a list of tasks: each takes the output of the one before (DSL "Task Flow"). Goes on where its frame is. `base`
 * is the JSON pointer of the list.
 */
export async function runList(list: TaskList, base: string, frame: ListFrame, inner: Inner): Promise<ListResult> {
  while (frame.at < list.length) {
    const [name, task] = entryOf(list, frame.at);
    frame.task ??= {};
    const place = { ...inner, name, task, reference: base + pointer(frame.at, name), frame: frame.task };
    const outcome = await runTask(place, frame.data);
    const { output, then, ended } = outcome;
    if (ended || then === 'end' || then === 'exit') {
      delete frame.task;
      frame.data = output;
      return { output, how: then === 'exit' && !ended ? 'exit' : 'end' };
    }
    // Where it leads nowhere, the task stays as it was: done, and waiting for a place to go on.
    const next = nextIndex(list, frame.at, then, name);
    delete frame.task;
    frame.data = output;
    frame.at = next;
  }
  return { output: frame.data, how: 'done' };
}

/** Where a directive leads (DSL "Flow Directive"): names reach tasks of the same list only. */
function nextIndex(list: TaskList, at: number, then: string | undefined, from: string): number {
  if (then === undefined || then === 'continue') return at + 1;
  const target = list.findIndex((item) => Object.hasOwn(item, then));
  if (target < 0) {
    throw standardFault('configuration', `task "${from}" goes to "${then}", which is not a task of the same list`);
  }
  return target;
}
