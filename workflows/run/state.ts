import type { CloudEvent } from '../../core/events/cloud-event.ts';
import type { StatusPhase } from '../../core/model/lifecycle.ts';
import type { Resolution } from '../../core/model/effect.ts';
import type { Incident, TaskState } from '../../core/model/run.ts';

/**
 * Where a run is, as plain data: one tree of frames, a frame for each task that is under way. The walker keeps it up to
 * date as it goes, so that continue-as-new only has to hand it over. Everything here must survive JSON.
 */
export type RunState = {
  /** Input as it came, before `input.from`. */
  input: unknown;
  /** Milliseconds of the epoch, here and below. */
  startedAt: number;
  /** When the workflow's own timeout strikes. */
  deadline?: number;
  /** Length of that timeout, for whoever gives the workflow the same time again. */
  limitMs?: number;
  /** `$context` */
  context: unknown;
  root: ListFrame;
  /** Output of the tasks, once all have ended: what is left is the output of the workflow. */
  result?: { output: unknown };
  /** Parked outside of any task, for this incident. */
  incident?: string;
  /** How many times each task has called something: the last part of its idempotency key. */
  calls: Record<string, number>;
  inbox: InboxState;
  tasks: TaskState[];
  incidents: Incident[];
  suspended: boolean;
  /** Lifecycle events, once there has been one. */
  lifecycle?: LifecycleState;
  /** Unguessable part of the marks of secrets. */
  secretsToken: string;
  /** Tasks run so far, over all continuations. */
  steps: number;
  /** The definition is another than the one that events were subscribed for. */
  unsubscribed?: boolean;
};

/**
 * `next`: number of the event told last. `queue`: not published yet. `tasks`: told about tasks so far. `phase`: that of
 * the run, as it was told last.
 */
export type LifecycleState = { next: number; tasks: number; queue: CloudEvent[]; phase?: StatusPhase };

/** A list of tasks under way: which one, and the data that flows into it. */
export type ListFrame = { at: number; data: unknown; task?: TaskFrame };

/** A task under way. Absent fields mean that it has not come that far. */
export type TaskFrame = {
  /** Transformed input; set once `if` and `input` are done. */
  input?: { value: unknown };
  startedAt?: number;
  deadline?: number;
  /** Idempotency key of what this task calls: kept over the attempts of an operator. */
  key?: string;
  extensions?: ExtensionFrame;
  /** Output of the task itself while `after` extensions run. */
  result?: { output: unknown; then?: string };
  /** What the task's kind keeps, see the file of its kind. */
  body?: unknown;
  /** Parked for this incident. */
  incident?: string;
  /** Arguments that an operator changed, for the next attempt. */
  changedWith?: { value: unknown };
  /** What an operator has found out about an effect that was not confirmed, for the next attempt. */
  resolved?: Resolution;
};

/** Extensions around a task: those that apply, and which one is under way. */
export type ExtensionFrame = { names: string[]; next: number; list?: ListFrame };

export type InboxState = {
  /** Sequence number of the next event. */
  next: number;
  events: InboxEvent[];
};

/** An event that has arrived. `consumedBy`: the strands (paths of fork branches) that have had it. */
export type InboxEvent = { sequence: number; event: CloudEvent; consumedBy: string[] };

/** The body of a frame, made on first use; on resume, as it was. */
export function bodyOf<T>(frame: TaskFrame, initial: () => T): T {
  frame.body ??= initial();
  return frame.body as T;
}
