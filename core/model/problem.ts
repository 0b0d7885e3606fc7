import { z } from 'zod';
import { Artefact } from './artefact.ts';

/** An error as the specification shapes it (RFC 7807, DSL "Error"). `type` is compared by its last segment. */
export const Problem = z.object({
  type: z.string(),
  status: z.number().int(),
  title: z.string().optional(),
  detail: z.string().optional(),
  instance: z.string().optional().describe('JSON pointer to the task, for example /do/2/book'),
  unconfirmed: z
    .object({ since: z.string() })
    .optional()
    .describe('An effect whose outcome is unknown, by the time of the last attempt: a person says whether it was done'),
  evidence: z.array(Artefact).optional().describe('Evidence from the moment of failure, such as a screenshot'),
});
export type Problem = z.infer<typeof Problem>;

/** The specification's standard error types, with the status each has by default. */
export const STANDARD_ERRORS = {
  configuration: 400,
  validation: 400,
  expression: 400,
  authentication: 401,
  authorization: 403,
  timeout: 408,
  communication: 500,
  runtime: 500,
} as const;
export type StandardError = keyof typeof STANDARD_ERRORS;

/** Base of the standard error types (DSL reference, "Standard Error Types"). */
export const STANDARD_ERROR_BASE = 'https://open-workflow-specification.org/spec/1.0.0/errors/';
/** Base of business exceptions: a person decides, never retried. HTTP 422 by analogy: understood, but not processable. */
export const BUSINESS_ERROR_BASE = 'urn:zaplecze:business:';
export const BUSINESS_STATUS = 422;

/** Beside a problem: it goes away by itself after so many milliseconds. */
export const RetryAfter = z.object({ retryAfterMs: z.number().nonnegative() });
export type RetryAfter = z.infer<typeof RetryAfter>;

/**
 * An error of ours. `retryable` is the one classification that activities hand to Temporal; a business exception is
 * never retryable. `hint` says how to mend it, in words for the person who reads it.
 */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly retryable: boolean;
  /** Pause before the next attempt where it is known; else the usual backoff. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, options: { retryable: boolean; cause?: unknown; retryAfterMs?: number | undefined }) {
    super(problem.detail ?? problem.title ?? problem.type, { cause: options.cause });
    this.name = 'ProblemError';
    this.problem = problem;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A business exception: `code` is dotted or dashed, for example "unknown-supplier". A person decides; never retried. */
export function businessException(code: string, detail: string, cause?: unknown): ProblemError {
  return new ProblemError(
    { type: BUSINESS_ERROR_BASE + code, status: BUSINESS_STATUS, title: code, detail },
    { retryable: false, cause },
  );
}

/** An application exception of a standard type: the outside failed. Retried with backoff unless told otherwise. */
export function applicationException(
  kind: StandardError,
  detail: string,
  options: { retryable?: boolean; status?: number; cause?: unknown; retryAfterMs?: number } = {},
): ProblemError {
  return new ProblemError(
    { type: STANDARD_ERROR_BASE + kind, status: options.status ?? STANDARD_ERRORS[kind], title: kind, detail },
    {
      retryable: options.retryable ?? (kind === 'communication' || kind === 'timeout'),
      cause: options.cause,
      retryAfterMs: options.retryAfterMs,
    },
  );
}

/** Last segment of an error type, by which types are compared across the specification's spellings. */
export function errorName(type: string): string {
  return type.split(/[/:]/).at(-1) ?? type;
}

/** True for a business exception. */
export function isBusiness(problem: Problem): boolean {
  return problem.type.startsWith(BUSINESS_ERROR_BASE);
}
