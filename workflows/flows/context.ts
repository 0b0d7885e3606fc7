import type { Capability, CallLimits } from '../../core/catalogue/define.ts';
import type { CallInfo } from '../../core/model/call.ts';

/** Limits of one activity that a flow calls, with the task queue it goes to; what is absent comes from the catalogue. */
export type FlowLimits = Partial<CallLimits> & { capability?: Capability };

/** What a flow function may do. Everything else of the workflow sandbox (timers, conditions) it may use as it is. */
export type FlowContext = {
  /** Who calls: task, definition and the idempotency key of this call. */
  readonly call: CallInfo;
  /**
   * Calls one activity with `(args, call)` and returns its result. Its idempotency key is the call's own with the
   * activity's name and a running number, so that a reminder is not taken for the first mail.
   */
  activity(name: string, args: unknown, limits?: FlowLimits): Promise<unknown>;
  /** Shows the task as waiting (for people or time) while `work` runs. */
  waiting<T>(work: () => Promise<T>): Promise<T>;
  /** Shows in which queue the task is while `work` waits for its answer. */
  inQueue<T>(queue: string, work: () => Promise<T>): Promise<T>;
};

/** A catalogue function of kind `flow`: workflow code that waits for people or time. `args` is its evaluated `with`. */
export type Flow = (args: unknown, context: FlowContext) => Promise<unknown>;
