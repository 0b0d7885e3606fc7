import { z } from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;

/** Texts tried against a schema's format, pattern and length, the first that fits is taken. */
const TEXTS = [
  ...['', 'example', '0.00', 'PLN', '0.00 PLN', '2026-01-01', '2026-01-01T00:00:00Z', 'person@example.org', 'P1D'],
  `sha256:${'0'.repeat(64)}`,
];

/**
 * The least that a schema takes: empty lists and texts, zeros, the first word of an enumeration; of what is optional,
 * objects alone. A stand-in for what only the outside could answer.
 */
export function minimalOf(schema: z.ZodType): unknown {
  return valueOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }));
}

function valueOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [branch] = schema.anyOf ?? schema.oneOf ?? [];
  if (branch) return valueOf(branch);
  if (schema.type === 'object') return objectOf(schema);
  if (schema.type === 'array') return listOf(schema);
  if (schema.type === 'string') return textOf(schema);
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(0, schema.minimum ?? 0);
  return schema.type === 'boolean' ? false : null;
}

function objectOf({ properties = {}, required = [] }: Schema): unknown {
  const wanted = Object.entries(properties).filter(
    ([name, property]) => typeof property === 'object' && (required.includes(name) || property.type === 'object'),
  );
  return Object.fromEntries(wanted.map(([name, property]) => [name, valueOf(property as Schema)]));
}

function listOf({ items, minItems = 0 }: Schema): unknown[] {
  const [item] = Array.isArray(items) ? items : [items];
  return Array.from({ length: minItems }, () => (typeof item === 'object' ? valueOf(item) : null));
}

function textOf({ pattern, minLength = 0 }: Schema): string {
  const fits = (text: string) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text));
  return TEXTS.find(fits) ?? 'example';
}
