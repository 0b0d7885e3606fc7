import { z } from 'zod';
import { catalogue } from '../catalogue/catalogue.ts';
import type { FunctionSpec } from '../catalogue/define.ts';
import { isObject } from './schema/choose.ts';
import { CallFunction, PROTOCOLS } from './schema/tasks.ts';
import { Expression } from './schema/text.ts';
import { Workflow } from './schema/workflow.ts';

type Json = Record<string, unknown>;

/** Draft 7 is what editors' YAML extensions understand best. */
const TARGET = { target: 'draft-7', io: 'input', unrepresentable: 'any' } as const;

/**
 * One JSON Schema of the language and of our functions, from which editors complete and check while typing. `call` offers
 * our functions by name, each with its own `with`; an expression may stand for any value there.
 */
export function editorSchema(): Json {
  const whole: Json = z.toJSONSchema(Workflow, TARGET);
  const definitions = asObject(whole['definitions']);
  const { id = '' } = CallFunction.meta() ?? {};
  const call = asObject(definitions[id]);
  const args = argumentSchemas();
  const calls = catalogue.map((spec) => callOf(call, spec, asObject(args.byName[spec.name])));
  return {
    ...whole,
    title: 'Definition of an automation (Open Workflow Specification DSL 1.0.3)',
    definitions: {
      ...definitions,
      ...args.shared,
      Expression: EXPRESSION,
      [id]: { anyOf: [...calls, callOfOther(call)] },
    },
  };
}

/** What the functions take, and the parts that several of them share (an invoice, a stored file). */
function argumentSchemas(): { byName: Json; shared: Json } {
  const all = z.object(Object.fromEntries(catalogue.map((spec) => [spec.name, spec.with])));
  const schema: Json = z.toJSONSchema(all, { ...TARGET, reused: 'ref' });
  // The parts get a prefix of their own: zod numbers them from 0 in every schema that it makes.
  const renamed = JSON.stringify(schema).replaceAll('__schema', 'argument');
  const { properties, definitions } = asObject(JSON.parse(renamed));
  const relax = ([name, part]: [string, unknown]) => [name, orExpressions(asObject(part))] as const;
  return {
    byName: Object.fromEntries(Object.entries(asObject(properties)).map(relax)),
    shared: Object.fromEntries(Object.entries(asObject(definitions)).map(relax)),
  };
}

/** The call of one function of the catalogue. */
function callOf(call: Json, spec: FunctionSpec, args: Json): Json {
  const required = Array.isArray(args['required']) && args['required'].length > 0;
  return {
    ...withProperties(call, { call: { const: spec.name, description: spec.summary }, with: args }),
    description: spec.summary,
    required: required ? ['call', 'with'] : ['call'],
  };
}

/** The call of a function that the definition itself, or another catalogue, defines. */
function callOfOther(call: Json): Json {
  const names = [...PROTOCOLS, ...catalogue.map((spec) => spec.name)];
  return withProperties(call, { call: { type: 'string', not: { enum: names } } });
}

function asObject(value: unknown): Json {
  if (isObject(value)) return value;
  throw new TypeError('zod gave a JSON Schema of another shape than expected');
}

function withProperties(schema: Json, properties: Json): Json {
  return { ...schema, properties: { ...asObject(schema['properties']), ...properties } };
}

const { $schema: _schema, ...EXPRESSION } = z.toJSONSchema(Expression, TARGET);

/** The schema with an expression allowed in the place of every value inside it. */
function orExpressions(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, relaxed(keyword, value)]));
}

function relaxed(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, valueOrExpression(schema)]));
  }
  if (keyword === 'items' || keyword === 'additionalProperties') return valueOrExpression(value);
  const isUnion = keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'allOf';
  return isUnion && Array.isArray(value)
    ? value.map((branch) => (isObject(branch) ? orExpressions(branch) : branch))
    : value;
}

function valueOrExpression(schema: unknown): unknown {
  if (!isObject(schema) || Object.keys(schema).length === 0) return schema;
  const { description, ...rest } = orExpressions(schema);
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { $ref: '#/definitions/Expression' }] };
}
