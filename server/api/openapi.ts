import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { type AnyOperation, isMedia } from './operation.ts';
import { ApiProblem, COMMON_PROBLEMS, PROBLEM_TYPE } from './problems.ts';

type Schema = Record<string, unknown>;

const DESCRIPTIONS: Record<number, string> = {
  400: 'The request is not in order',
  401: 'A bearer token is needed',
  403: 'The token does not allow this',
  404: 'There is no such thing',
  409: 'It does not fit the state of things',
  413: 'The request is too large',
  422: 'Understood, but not possible so',
  429: 'Too many requests',
  500: 'It is our fault',
};

/** OpenAPI 3.1 description of the operations, made of the schemas that check them. */
export function openApiDocument(operations: readonly AnyOperation[], server: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const spec of operations) (paths[spec.path] ??= {})[spec.method] = describe(spec);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zaplecze',
      version: '1',
      description: 'Definitions, runs, tasks of people, the audit trail. Errors are problems (RFC 9457).',
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(ApiProblem, 'output') },
    },
  };
}

function describe(spec: AnyOperation): object {
  const { id, summary, scope, params, query, body, answer, problems = [] } = spec;
  const media = isMedia(answer)
    ? { [answer.mediaType]: {} }
    : { 'application/json': { schema: jsonSchema(answer, 'output') } };
  const statuses = [...COMMON_PROBLEMS, ...problems, ...(spec.method === 'get' ? [] : [409, 422])];
  return {
    operationId: id,
    summary,
    description: `Needs the scope \`${scope}\`.`,
    parameters: [
      ...parameters(params, 'path'),
      ...parameters(query, 'query'),
      ...(spec.method === 'get' ? [] : [IDEMPOTENCY_KEY]),
    ],
    ...(body && {
      requestBody: { required: true, content: contentOf(spec, body) },
    }),
    responses: {
      200: { description: 'In order', content: media },
      ...Object.fromEntries(
        [...new Set(statuses)].sort((a, b) => a - b).map((status) => [status, problemResponse(status)]),
      ),
    },
  };
}

/** JSON by its schema; a file by its media types. */
function contentOf({ accepts }: AnyOperation, body: z.ZodType): object {
  if (!accepts) return { 'application/json': { schema: jsonSchema(body, 'input') } };
  return Object.fromEntries(accepts.map((type) => [type, {}]));
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request with the same key is done once, and gets the same answer for a day.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,200}$' },
};

function problemResponse(status: number): object {
  return {
    description: DESCRIPTIONS[status] ?? 'A problem',
    content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** Parameters as they are after reading: whatever is sent in an address is text. */
function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'output') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (required.includes(name) && property['default'] === undefined),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // References would point into the schema, and stand in a larger document.
  if ('$defs' in rest) throw applicationException('configuration', 'a schema of the API refers to itself');
  return rest;
}
