import { isRecord } from '../model/is-record.ts';
/**
 * Whether an attribute of an event is as a filter's literal says (DSL "Event Filter"): a text may be a regular
 * expression, an object must be contained, anything else must be equal. Used by `listen` and by `schedule.on` alike.
 */
export function literalMatches(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && typeof actual === 'string') return textMatches(actual, expected);
  return contains(actual, expected);
}

/** Text that could be a regular expression; a dot alone makes none, event types are full of them. */
const PATTERN = /[\\^$*+?()[\]{}|]/;
/** Longest attribute that is tried against a regular expression: backtracking on a long one could hang a worker. */
const MAX_PATTERN_INPUT = 512;

function textMatches(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  if (!PATTERN.test(expected) || actual.length > MAX_PATTERN_INPUT) return false;
  try {
    return new RegExp(`^(?:${expected})$`, 'u').test(actual);
  } catch (error) {
    // Text that only looks like a regular expression matches nothing but itself.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Everything that `expected` says is so in `actual`, which may say more. */
function contains(actual: unknown, expected: unknown): boolean {
  if (!isRecord(expected) || !isRecord(actual)) return isEqual(actual, expected);
  return Object.entries(expected).every(([key, value]) => contains(actual[key], value));
}

/** Equality of JSON values. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], b[key]));
}
