import type { Task, TaskList, WorkflowDefinition } from '../../core/language/types.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { RunOptions } from '../../core/model/run.ts';
import type { Pace } from './continue.ts';
import type { Inbox } from './events.ts';
import type { Arguments, Evaluator } from '../data/expressions.ts';
import type { Incidents } from './incidents.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { ProgressBoard } from './progress.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { ListFrame, RunState, TaskFrame } from './state.ts';

/** One run: what it interprets, where it is, and the parts that keep its state. */
export type Run = {
  readonly id: string;
  readonly definition: WorkflowDefinition;
  readonly hash: string;
  readonly options: RunOptions;
  readonly state: RunState;
  readonly walker: Walker;
  readonly evaluator: Evaluator;
  readonly pace: Pace;
  readonly inbox: Inbox;
  readonly incidents: Incidents;
  readonly subscriptions: Subscriptions;
  readonly progress: ProgressBoard;
  readonly lifecycle: Lifecycle;
  /** The signal `cancel` has come. */
  cancelled: boolean;
};

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

/**
 * What a task gives: raw output, and where to go if not by the task's own `then`. `ended`: a task inside ended the whole
 * workflow, with this output.
 */
export type Outcome = { output: unknown; then?: string; ended?: boolean; skipped?: boolean };

/**
 * How a list of tasks ended: `done` at its end, `exit` by that directive, `end`: the whole workflow is to end, with
 * this output, past everything around.
 */
export type ListResult = { output: unknown; how: 'done' | 'exit' | 'end' };

/** How tasks run what is inside them. Carried by the run, so that the kinds of tasks need not know the walk. */
export type Walker = {
  list(list: TaskList, base: string, frame: ListFrame, inner: Inner): Promise<ListResult>;
  task(place: Place, raw: unknown): Promise<Outcome>;
};

/** A step in a JSON pointer (RFC 6901). */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
