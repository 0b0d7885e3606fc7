import { z } from 'zod';
import { byKey } from './choose.ts';
import { Duration } from './duration.ts';
import { Condition, UriOrExpression, Values } from './text.ts';

/** DSL "Error", shaped after RFC 7807. */
export const ErrorDefinition = z
  .strictObject({
    type: UriOrExpression,
    status: z.int(),
    instance: z
      .string()
      .regex(
        /^(\s*\$\{[\s\S]+\}\s*|(\/([^/~]|~[01])*)*)$/,
        'expected a JSON pointer such as /do/0/book, or an expression',
      )
      .optional(),
    title: z.string().optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'Error' });

/** DSL "Error Filter": static values that must be equal. */
export const ErrorFilter = z
  .looseObject({
    type: z.string().optional(),
    status: z.int().optional(),
    instance: z.string().optional(),
    title: z.string().optional(),
    detail: z.string().optional(),
  })
  .refine(
    (filter) => Object.keys(filter).length > 0,
    'an error filter needs at least one of type, status, instance, title, detail',
  )
  .meta({ id: 'ErrorFilter', minProperties: 1 });

const Backoff = byKey(
  {
    constant: z.strictObject({ constant: Values }),
    exponential: z.strictObject({ exponential: Values }),
    linear: z.strictObject({ linear: Values }),
  },
  'a backoff: constant, exponential or linear, for example { exponential: {} }',
);

/** DSL "Retry". */
export const RetryPolicy = z
  .strictObject({
    when: Condition.optional(),
    exceptWhen: Condition.optional(),
    delay: Duration.optional(),
    backoff: Backoff.optional(),
    limit: z
      .strictObject({
        attempt: z.strictObject({ count: z.int().optional(), duration: Duration.optional() }).optional(),
        duration: Duration.optional(),
      })
      .optional(),
    jitter: z.strictObject({ from: Duration, to: Duration }).optional(),
  })
  .meta({ id: 'RetryPolicy' });
