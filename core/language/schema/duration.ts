import { z } from 'zod';
import { choose, isObject } from './choose.ts';
import { Expression } from './text.ts';

/** Inline duration: the parts add up. */
export const DurationParts = z
  .strictObject({
    days: z.int().optional(),
    hours: z.int().optional(),
    minutes: z.int().optional(),
    seconds: z.int().optional(),
    milliseconds: z.int().optional(),
  })
  .refine(
    (parts) => Object.keys(parts).length > 0,
    'a duration needs at least one of days, hours, minutes, seconds, milliseconds',
  )
  .meta({ minProperties: 1 });

/** ISO 8601 duration, decimal fractions allowed: `PT30S`, `P1DT12H`. */
export const IsoDuration = z
  .string()
  .regex(
    /^P(?!$)(\d+(?:\.\d+)?Y)?(\d+(?:\.\d+)?M)?(\d+(?:\.\d+)?W)?(\d+(?:\.\d+)?D)?(T(?=\d)(\d+(?:\.\d+)?H)?(\d+(?:\.\d+)?M)?(\d+(?:\.\d+)?S)?)?$/,
    'expected an ISO 8601 duration such as PT30S or P1D, or the parts { minutes: 5 }',
  );

/** DSL "Duration": parts, ISO 8601, or an expression that gives ISO 8601. */
export const Duration = choose(
  [DurationParts, IsoDuration, Expression],
  (value) => {
    if (typeof value === 'string') return value.trimStart().startsWith('${') ? Expression : IsoDuration;
    return isObject(value) ? DurationParts : undefined;
  },
  'a duration: ISO 8601 such as PT30S, or the parts { minutes: 5 }',
).meta({ id: 'Duration' });

/** DSL "Timeout". */
export const Timeout = z.strictObject({ after: Duration }).meta({ id: 'Timeout' });
