import type { Context } from 'hono';
import { z } from 'zod';
import { applicationException, Problem, ProblemError } from '../../core/model/problem.ts';

/** What every error answers (RFC 9457). */
export const ApiProblem = Problem.omit({ evidence: true });
export const PROBLEM_TYPE = 'application/problem+json';

/** Statuses that any operation can answer. */
export const COMMON_PROBLEMS = [400, 401, 403, 413, 429, 500] as const;

export function notFound(detail: string): ProblemError {
  return applicationException('runtime', detail, { status: 404 });
}

export function conflict(detail: string): ProblemError {
  return applicationException('runtime', detail, { status: 409 });
}

export function unprocessable(detail: string): ProblemError {
  return applicationException('validation', detail, { status: 422 });
}

/** An error as an answer. What nobody foresaw is logged, and told without its inside. */
export function problemAnswer(c: Context, error: unknown, log: (message: string, error: unknown) => void): Response {
  const problem = toProblem(error);
  if (problem.status === 500) log('a request of the API failed', error);
  return c.body(JSON.stringify(problem), problem.status as 400, { 'Content-Type': PROBLEM_TYPE });
}

function toProblem(error: unknown): z.infer<typeof ApiProblem> {
  if (error instanceof ProblemError) return ApiProblem.parse(error.problem);
  if (error instanceof z.ZodError) return validation(z.prettifyError(error));
  const detail = 'something went wrong inside; the log of the server says what';
  return { type: 'about:blank', status: 500, title: 'runtime', detail };
}

function validation(detail: string): z.infer<typeof ApiProblem> {
  return applicationException('validation', detail, { status: 400 }).problem;
}
