import { status as Code } from '@grpc/grpc-js';
import { applicationException, type ProblemError } from '../../../core/model/problem.ts';

/** HTTP statuses of gRPC codes, as Google's own APIs map them (google/rpc/code.proto). */
const HTTP_STATUS: Partial<Record<Code, number>> = {
  [Code.CANCELLED]: 499,
  [Code.INVALID_ARGUMENT]: 400,
  [Code.DEADLINE_EXCEEDED]: 408,
  [Code.NOT_FOUND]: 404,
  [Code.ALREADY_EXISTS]: 409,
  [Code.PERMISSION_DENIED]: 403,
  [Code.UNAUTHENTICATED]: 401,
  [Code.RESOURCE_EXHAUSTED]: 429,
  [Code.FAILED_PRECONDITION]: 400,
  [Code.ABORTED]: 409,
  [Code.OUT_OF_RANGE]: 400,
  [Code.UNIMPLEMENTED]: 501,
  [Code.INTERNAL]: 500,
  [Code.UNAVAILABLE]: 503,
};

/** Codes that time can heal, for methods whose repetition does no harm. */
const TRANSIENT = new Set([Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL, Code.ABORTED]);

/**
 * A gRPC status as a problem: type `communication`, as the specification asks of calls, `timeout` for a deadline. Its
 * status is what HTTP calls that. `idempotent`: the proto says that the method may be repeated (`idempotency_level`).
 */
export function statusProblem(
  code: Code,
  details: string,
  { method, idempotent, cause }: { method: string; idempotent: boolean; cause: unknown },
): ProblemError {
  const kind = code === Code.DEADLINE_EXCEEDED ? 'timeout' : 'communication';
  return applicationException(kind, `${method} answered ${Code[code] ?? code}: ${details}`, {
    status: HTTP_STATUS[code] ?? 500,
    // The server says that it has not begun; of the others nobody knows what they did before they failed.
    retryable: code === Code.RESOURCE_EXHAUSTED || (idempotent && TRANSIENT.has(code)),
    cause,
  });
}
