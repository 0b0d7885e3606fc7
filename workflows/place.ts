import type { Task } from '../definitions/language/types.ts';
import type { Problem } from '../definitions/model/problem.ts';
import type { Arguments } from './expressions.ts';
import type { Run } from './run.ts';
import type { TaskFrame } from './state.ts';

/** A `try` around a task: whether it would deal with a problem, in which case the task does not park. */
export type Catcher = {
  wouldHandle(problem: Problem): boolean;
  /** It has a retry policy of its own, which then rules over retries. */
  retries: boolean;
};

/** Where the walker is: what a task sees of the run and of the tasks around it. */
export type Place = {
  readonly run: Run;
  readonly name: string;
  /** JSON pointer, for example /do/2/book. */
  readonly reference: string;
  readonly task: Task;
  readonly frame: TaskFrame;
  /** Variables of the loops and catches around. */
  readonly variables: Arguments;
  /** Path of fork branches, '' outside of forks. Events are consumed once per strand. */
  readonly strand: string;
  readonly catchers: readonly Catcher[];
  /** True within extensions: these are not extended themselves. */
  readonly extending: boolean;
};

/** What the tasks inside a task see: the same run, and what is said otherwise. */
export type Inner = Omit<Place, 'name' | 'reference' | 'task' | 'frame'>;

/** A step in a JSON pointer (RFC 6901). */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
