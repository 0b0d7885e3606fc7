import { applicationException, businessException, type ProblemError } from '../../core/model/problem.ts';

/** Why a document cannot be read. Each is a business exception: a person decides, a retry would change nothing. */
export type UnreadableReason =
  | 'empty'
  | 'too-large'
  | 'not-a-document'
  | 'unsupported-format'
  | 'encrypted'
  | 'wrong-password'
  | 'damaged'
  | 'no-pages'
  | 'too-many-pages'
  | 'forbidden-xml'
  | 'too-slow';

/** `unreadable-document`: says which file, what is wrong and what a person can do. */
export function unreadable(reason: UnreadableReason, file: string, detail: string, cause?: unknown): ProblemError {
  return businessException('unreadable-document', `${file}: ${detail} (${reason})`, cause);
}

/** The caller's deadline or cancellation. Retryable: another attempt may have more time. */
export function cancelled(file: string, cause?: unknown): ProblemError {
  return applicationException('timeout', `${file}: reading was stopped before its end`, { cause });
}

/** Throws `cancelled` once the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, file: string): void {
  if (signal?.aborted) throw cancelled(file, signal.reason);
}
