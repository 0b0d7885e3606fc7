import { JqError } from '../errors.ts';
import type { Emit } from './filter.ts';

/**
 * Runs `body` and hands JqErrors it raises to `recover`; those raised by `emit`, that is by what comes after in the
 * program, go on upwards.
 */
export function guarded(body: (emit: Emit) => boolean, emit: Emit, recover: (error: JqError) => boolean): boolean {
  let after = false;
  try {
    return body((value, path) => {
      after = true;
      const stop = emit(value, path);
      after = false;
      return stop;
    });
  } catch (error) {
    if (after || !(error instanceof JqError)) throw error;
    return recover(error);
  }
}
