import type { EventFilter } from '../definitions/language/types.ts';
import { soleExpression } from '../definitions/expressions/template.ts';
import type { CloudEvent } from '../definitions/model/event.ts';
import { Fault } from './errors.ts';
import type { Arguments, Evaluator } from './expressions.ts';

/** Values that correlations have extracted or expect, by the correlation's name. Shared by the filters of one task. */
export type Correlations = Record<string, unknown>;

/** What a filter may look at beside the event: the task's input and the arguments of its expressions. */
export type MatchContext = { evaluator: Evaluator; input: unknown; args: Arguments; correlations: Correlations };

/**
 * Whether an event passes a filter (DSL "Event Filter"): every property of `with`, then every correlation. Correlations
 * without `expect` take the first event's value as the expectation, noted in `correlations` when the event matches.
 */
export function matches(event: CloudEvent, filter: EventFilter, context: MatchContext): boolean {
  const passes = Object.entries(filter.with).every(([name, expected]) =>
    quietly(() => attributeMatches(event, name, expected, context)),
  );
  return passes && correlates(event, filter.correlate ?? {}, context);
}

/**
 * An expression sees the attribute itself (for `data`, the data) as its input: a condition must be true, any other
 * result must be equal. A text may be a regular expression; an object must be contained.
 */
function attributeMatches(event: CloudEvent, name: string, expected: unknown, context: MatchContext): boolean {
  const actual: unknown = event[name] ?? null;
  const { evaluator, args } = context;
  if (typeof expected === 'string' && soleExpression(expected) !== undefined) {
    const result = evaluator.expression(expected, actual, { ...args, event });
    return typeof result === 'boolean' ? result : isEqual(result, actual);
  }
  const value = evaluator.value(expected, actual, { ...args, event });
  return typeof value === 'string' && typeof actual === 'string' ? textMatches(actual, value) : contains(actual, value);
}

/** Text that could be a regular expression; a dot alone makes none, event types are full of them. */
const PATTERN = /[\\^$*+?()[\]{}|]/;
/** Longest attribute that is tried against a regular expression: backtracking on a long one could hang a worker. */
const MAX_PATTERN_INPUT = 512;

function textMatches(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  if (!PATTERN.test(expected) || actual.length > MAX_PATTERN_INPUT) return false;
  return quietly(() => new RegExp(`^(?:${expected})$`, 'u').test(actual));
}

function correlates(event: CloudEvent, correlate: NonNullable<EventFilter['correlate']>, context: MatchContext) {
  const { evaluator, input, args, correlations } = context;
  const found: Correlations = {};
  for (const [name, { from, expect }] of Object.entries(correlate)) {
    const actual = quietly(() => ({ value: evaluator.expression(from, event, args) }));
    if (!actual || actual.value === null) return false;
    const expected = expect === undefined ? correlations[name] : evaluator.value(expect, input, args);
    if (expected !== undefined && !isEqual(actual.value, expected)) return false;
    found[name] = actual.value;
  }
  Object.assign(correlations, found);
  return true;
}

/** An event of another shape than an expression expects does not match; it is no error. */
function quietly<T>(work: () => T): T | false {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault || error instanceof SyntaxError) return false;
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
