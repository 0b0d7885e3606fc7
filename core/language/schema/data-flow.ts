import { z } from 'zod';
import { byKey, textOr } from './choose.ts';
import { ExternalResource } from './endpoint.ts';
import { Condition, Values } from './text.ts';

const format = z.string().optional().describe('json by default; a version may follow, json:2020-12');

/** DSL "Schema": in place, or a resource. */
export const DataSchema = byKey(
  {
    document: z.strictObject({ format, document: z.unknown() }),
    resource: z.strictObject({ format, resource: ExternalResource }),
  },
  'a schema: document (in place) or resource',
).meta({ id: 'DataSchema' });

const Transformation = textOr(Condition, Values, 'an expression, or an object of expressions');

/** DSL "Input", "Output", "Export". */
export const Input = z
  .strictObject({ schema: DataSchema.optional(), from: Transformation.optional() })
  .meta({ id: 'Input' });
export const Output = z
  .strictObject({ schema: DataSchema.optional(), as: Transformation.optional() })
  .meta({ id: 'Output' });
export const Export = z
  .strictObject({ schema: DataSchema.optional(), as: Transformation.optional() })
  .meta({ id: 'Export' });
