import type { EventFilter } from '../../core/language/types.ts';
import { soleExpression } from '../../core/expressions/template.ts';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { isEqual, literalMatches } from '../../core/events/json-match.ts';
import { Fault } from '../run/errors.ts';
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
  return literalMatches(actual, value);
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
    if (error instanceof Fault) return false;
    throw error;
  }
}
