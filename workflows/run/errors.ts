import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  isCancellation,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/workflow';
import {
  isBusiness,
  ProblemError,
  STANDARD_ERROR_BASE,
  STANDARD_ERRORS,
  type Problem,
  type StandardError,
} from '../../core/model/problem.ts';

/** What the SDK reports for an activity that no worker has registered. */
const UNREGISTERED_ACTIVITY = 'NotFoundError';

/**
 * Where a fault comes from. `application` faults park the run; the others are meant: `raised` by the definition,
 * `business` for a person to decide, `ended` by an operator, past all catching.
 */
export type FaultOrigin = 'application' | 'business' | 'raised' | 'ended';

/** A problem on its way up through the tasks. */
export class Fault extends Error {
  readonly problem: Problem;
  readonly origin: FaultOrigin;

  constructor(problem: Problem, origin: FaultOrigin, cause?: unknown) {
    super(problem.detail ?? problem.title ?? problem.type, { cause });
    this.name = 'Fault';
    this.problem = problem;
    this.origin = origin;
  }
}

/** A fault of a standard type (DSL "Standard Error Types"). */
export function standardFault(kind: StandardError, detail: string, cause?: unknown): Fault {
  const problem = { type: STANDARD_ERROR_BASE + kind, status: STANDARD_ERRORS[kind], title: kind, detail };
  return new Fault(problem, 'application', cause);
}

/**
 * Any error as a fault whose `instance` is the task it came from (unless it names one already). Cancellation is no
 * fault and must not come here. An error that nobody classified is a bug of ours and becomes type `runtime`: it must
 * be seen, not retried silently.
 */
export function toFault(error: unknown, reference: string): Fault {
  const fault = asFault(error);
  if (fault.problem.instance !== undefined) return fault;
  return new Fault({ ...fault.problem, instance: reference }, fault.origin, fault.cause);
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof ProblemError) return problemFault(error.problem, error);
  if (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) return fromFailure(error);
  if (error instanceof ApplicationFailure) return fromApplicationFailure(error);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return standardFault('runtime', message, error);
}

function fromFailure(failure: ActivityFailure | ChildWorkflowFailure): Fault {
  const cause = failure.cause;
  const what = failure instanceof ActivityFailure ? failure.activityType : 'the workflow that was run';
  if (cause instanceof ApplicationFailure) return fromApplicationFailure(cause);
  if (cause instanceof TimeoutFailure) return standardFault('timeout', `${what} did not answer in time`, failure);
  if (cause instanceof CancelledFailure) return standardFault('runtime', `${what} was cancelled`, failure);
  return standardFault('runtime', `${what} failed: ${cause?.message ?? failure.message}`, failure);
}

function fromApplicationFailure(failure: ApplicationFailure): Fault {
  const [detail, origin]: unknown[] = failure.details ?? [];
  if (isProblem(detail)) return problemFault(detail, failure, isMeant(origin) ? 'raised' : 'application');
  const kind = failure.type === UNREGISTERED_ACTIVITY ? 'configuration' : 'runtime';
  return standardFault(kind, failure.message, failure);
}

/** The task that calls is the instance, not what the activity or the child calls so. */
function problemFault(problem: Problem, cause: unknown, origin: FaultOrigin = 'application'): Fault {
  const { instance: _, ...rest } = problem;
  return new Fault(rest, isBusiness(problem) ? 'business' : origin, cause);
}

/** What a child raised, or an operator ended, was meant: it does not park the parent. */
function isMeant(origin: unknown): boolean {
  return origin === 'raised' || origin === 'ended';
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'status' in value &&
    typeof value.status === 'number'
  );
}

/**
 * What the workflow ends with: a failure whose `type` is the problem's and whose first detail is the problem, the second
 * where it came from. What
 * Temporal itself must see (cancellation, continue-as-new) passes as it is.
 */
export function toWorkflowFailure(error: unknown): unknown {
  if (isCancellation(error)) return error;
  if (error instanceof TemporalFailure && !(error instanceof ActivityFailure)) return error;
  const { problem, origin } = asFault(error);
  return ApplicationFailure.create({
    message: problem.detail ?? problem.title ?? problem.type,
    type: problem.type,
    nonRetryable: true,
    details: [problem, origin],
  });
}
