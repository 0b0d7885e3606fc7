import { z } from 'zod';
import { byKey, choose, isObject } from './choose.ts';
import { Condition, Expression, UriOrExpression } from './text.ts';

const EventTime = choose(
  [z.iso.datetime({ offset: true }), Expression],
  (value) =>
    typeof value === 'string' && value.trimStart().startsWith('${') ? Expression : z.iso.datetime({ offset: true }),
  'a date and time, ISO 8601',
);

/** CloudEvents 1.0 context attributes and data; extensions under any other name. */
export const EventProperties = z
  .looseObject({
    id: z.string().optional(),
    source: UriOrExpression.optional(),
    type: z.string().optional(),
    time: EventTime.optional(),
    subject: z.string().optional(),
    datacontenttype: z.string().optional(),
    dataschema: UriOrExpression.optional(),
    data: z.unknown().optional(),
  })
  .meta({ id: 'EventProperties' });

/** DSL "Event Filter". Inside `with`, an expression is a condition on that attribute; a literal must be equal. */
export const EventFilter = z
  .strictObject({
    with: EventProperties.refine(
      (properties) => Object.keys(properties).length > 0,
      'an event filter needs at least one property, for example type',
    ),
    correlate: z.record(z.string(), z.looseObject({ from: Condition, expect: z.string().optional() })).optional(),
  })
  .meta({ id: 'EventFilter' });

const All = z.strictObject({ all: z.array(EventFilter) });
const One = z.strictObject({ one: EventFilter });
const AnyOnce = z.strictObject({ any: z.array(EventFilter) });
const STRATEGIES = 'the events to consume: one, any or all';

/** A strategy without `until`: what ends a listening that goes on. */
const Ending = byKey({ all: All, any: AnyOnce, one: One }, STRATEGIES);

const Any = z.strictObject({
  any: z.array(EventFilter),
  until: choose(
    [Condition, Ending],
    (value) => (typeof value === 'string' ? Condition : isObject(value) ? Ending : undefined),
    'an expression, or the events that end the listening',
  ).optional(),
});

/** DSL "Event Consumption Strategy". */
export const EventConsumptionStrategy = byKey({ all: All, any: Any, one: One }, STRATEGIES).meta({
  id: 'EventConsumptionStrategy',
});
