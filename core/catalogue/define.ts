import type { z } from 'zod';

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

/**
 * One function of the catalogue. The two schemas are the single source of its types, its JSON Schema, its page in the
 * reference and its checks.
 */
export type FunctionSpec<W extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  /** A noun and a verb: `document.read`. */
  name: string;
  /** One sentence for the reference page and editors. */
  summary: string;
  /** `activity`: one activity does it. `flow`: workflow code does it (it waits for people or time). */
  kind: 'activity' | 'flow';
  capability: Capability;
  /** The target does one thing at a time: the call goes through the target's queue, which does the retries. */
  queued?: boolean;
  with: W;
  result: R;
  limits: CallLimits;
};

/** Declares a function of the catalogue; keeps the schemas' types. */
export function defineFunction<W extends z.ZodType, R extends z.ZodType>(spec: FunctionSpec<W, R>): FunctionSpec<W, R> {
  return Object.freeze(spec);
}
