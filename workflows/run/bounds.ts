import { standardFault } from './errors.ts';
import { pack } from './handover.ts';
import type { RunState } from './state.ts';

/**
 * Temporal takes 2 MiB for one payload, and ends a run that hands over more. So a run never does: this much is left for
 * the envelope, the names and the encryption.
 */
const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024 - 64 * 1024;
/** Characters below which nothing is near a limit. */
const SMALL = 64 * 1024;

const encoder = new TextEncoder();

/** Bytes of a value as JSON, or a little more where it is far from any limit. */
export function sizeOf(value: unknown): number {
  const text = JSON.stringify(value ?? null);
  // A UTF-16 unit takes three bytes at most: only what may matter is counted exactly.
  return text.length < SMALL ? text.length * 3 : encoder.encode(text).length;
}

/** Throws a fault of type `runtime` where a value is too large to leave the run; `what` names it in the message. */
export function guardSize(value: unknown, what: string, limit = MAX_PAYLOAD_BYTES): void {
  const size = sizeOf(value);
  if (size <= limit) return;
  throw standardFault(
    'runtime',
    `${what} is too large: ${megabytes(size)} MB, at most ${megabytes(limit)} MB can be handed on. ` +
      'To fix: keep only what later tasks need (output.as, export.as), pass files on as artefacts',
  );
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

/** Throws where a run has grown so much that it could not continue as new: better it parks than that Temporal ends it. */
export function guardState(state: RunState, definition: object): void {
  const around = JSON.stringify(definition).length * 3;
  guardSize(pack(state), 'what the run has to remember', MAX_PAYLOAD_BYTES - around);
}
