import { ApplicationFailure, WorkflowFailedError } from '@temporalio/client';
import { Problem, STANDARD_ERROR_BASE, STANDARD_ERRORS } from '../../core/model/problem.ts';
import type { Progress } from '../../core/model/run.ts';
import { errorText } from '../../core/model/errors.ts';

/** How a run that somebody waited for has ended. */
export type Played = { output?: unknown; fault?: Problem; progress: Progress };

/** The problem that a run ended with. What is none, such as a run that hangs, becomes one. */
export function problemOf(error: unknown): Problem {
  const cause = error instanceof WorkflowFailedError ? error.cause : error;
  const parsed = cause instanceof ApplicationFailure ? Problem.safeParse(cause.details?.[0]) : undefined;
  if (parsed?.success) return parsed.data;
  const detail = errorText(cause);
  return { type: `${STANDARD_ERROR_BASE}runtime`, status: STANDARD_ERRORS.runtime, title: 'runtime', detail };
}
