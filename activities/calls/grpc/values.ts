import { applicationException } from '../../../core/model/problem.ts';

/** A value that does not fit a field of a message: whose field, and what is wrong. */
export function misfit(at: string, expected: string): Error {
  return applicationException('validation', `${at || 'the message'}: expected ${expected}`, { retryable: false });
}

/** Scalars of proto3 that hold whole numbers of 32 bits, and of 64. */
export const INTEGERS_32 = new Set(['int32', 'uint32', 'sint32', 'fixed32', 'sfixed32']);
export const INTEGERS_64 = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64']);
export const FLOATS = new Set(['float', 'double']);
