import type { z } from 'zod';
import type { Priority } from '../model/queue.ts';

/** Which worker can run a function: each capability is one Temporal task queue and one process in production. */
export const CAPABILITIES = ['engine', 'documents', 'browser', 'mail'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Time limits of one call, in milliseconds, each with its reason beside it in the function's own file. */
export type CallLimits = {
  /** One attempt, from start to close. */
  attemptMs: number;
  /** Longest silence between heartbeats; absent for calls that end within seconds. */
  heartbeatMs?: number;
  /** Attempts before an application exception parks the run. */
  attempts: number;
};

/** The target whose queue a call goes into: that of a form file, or the one behind a ledger of the settings. */
export type QueueTarget = { form: string; target?: string | undefined } | { ledger: string };

/** What people see of a call that waits in a queue. Without a reference it is the invoice's business key. */
export type QueueEntry = {
  reference?: string;
  title: string;
  priority: Priority;
  due?: string | null | undefined;
};

/** How a call goes through the queue of its target. Methods, so that functions with other arguments fit one list. */
export type Queued<A> = { target(args: A): QueueTarget; entry(args: A): QueueEntry };

/** `activity`: one activity does it. `flow`: workflow code does it (it waits for people or time). */
export type FunctionKind = 'activity' | 'flow';

/**
 * One function of the catalogue. The two schemas are the single source of its types, its JSON Schema, its page in the
 * reference and its checks.
 */
export type FunctionSpec<
  W extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  N extends string = string,
  K extends FunctionKind = FunctionKind,
  C extends Capability = Capability,
> = {
  /** A noun and a verb: `document.read`. */
  name: N;
  /** One sentence for the reference page and editors. */
  summary: string;
  kind: K;
  capability: C;
  /** The target does one thing at a time: the call goes through the target's queue, which does the retries. */
  queued?: Queued<z.infer<W>>;
  with: W;
  result: R;
  limits: CallLimits;
};

/** Declares a function of the catalogue; keeps its name, kind and capability, and the schemas' types. */
export function defineFunction<
  W extends z.ZodType,
  R extends z.ZodType,
  const N extends string,
  const K extends FunctionKind,
  const C extends Capability,
>(spec: FunctionSpec<W, R, N, K, C>): FunctionSpec<W, R, N, K, C> {
  return Object.freeze(spec);
}
