import { z } from 'zod';
import { applicationException } from '../../definitions/model/problem.ts';
import type { ActivityContext } from '../activity.ts';
import { Authentication } from './authentication.ts';
import type { CallDeps } from './deps.ts';
import { callHttp, HttpArguments, Output, ResolvedEndpoint } from './http.ts';
import { readResource } from './resource.ts';

/** Arguments of `call: openapi` as the workflow hands them over. */
export const OpenApiArguments = z.object({
  document: z.object({ endpoint: ResolvedEndpoint }),
  operationId: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  authentication: Authentication.optional(),
  output: Output.optional(),
  redirect: z.boolean().optional(),
});
type OpenApiArguments = z.infer<typeof OpenApiArguments>;

const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional() });
type Parameter = z.infer<typeof Parameter>;
const Referenced = z.union([Parameter, z.object({ $ref: z.string() })]);
const Operation = z.object({
  operationId: z.string().optional(),
  parameters: z.array(Referenced).default([]),
  requestBody: z.unknown().optional(),
  consumes: z.array(z.string()).optional(),
});
type Operation = z.infer<typeof Operation>;

/** What a call needs of OpenAPI 3 and of Swagger 2. */
const OpenApiDocument = z.looseObject({
  servers: z.array(z.object({ url: z.string() })).optional(),
  host: z.string().optional(),
  basePath: z.string().optional(),
  schemes: z.array(z.string()).optional(),
  paths: z.record(z.string(), z.looseObject({ parameters: z.array(Referenced).default([]) })),
});
type OpenApiDocument = z.infer<typeof OpenApiDocument>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/**
 * DSL "OpenAPI Call": finds the operation in the document and calls it over HTTP. Parameters go where the document puts
 * them; what it does not name goes into the body, where the operation has one.
 */
export async function callOpenApi(deps: CallDeps, args: OpenApiArguments, context: ActivityContext): Promise<unknown> {
  const { uri } = args.document.endpoint;
  const read = await readResource(deps, { endpoint: args.document.endpoint }, context);
  const parsed = OpenApiDocument.safeParse(read);
  if (!parsed.success) throw refuse(`${uri} is no OpenAPI document: ${z.prettifyError(parsed.error)}`);
  const { method, path, operation, parameters } = findOperation(parsed.data, args.operationId, uri);
  const request = place(args.parameters, path, parameters, operation);
  return callHttp(
    deps,
    HttpArguments.parse({
      method,
      endpoint: { uri: baseAddress(parsed.data, uri) + request.path, authentication: args.authentication },
      headers: request.headers,
      query: request.query,
      body: request.body,
      output: args.output,
      redirect: args.redirect,
    }),
    context,
  );
}

function findOperation(document: OpenApiDocument, id: string, uri: string) {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const parsed = Operation.safeParse(item[method]);
      if (!parsed.success || parsed.data.operationId !== id) continue;
      const parameters = [...item.parameters, ...parsed.data.parameters].map((one) => dereference(document, one));
      return { method, path, operation: parsed.data, parameters };
    }
  }
  throw refuse(`${uri} has no operation "${id}"`);
}

function dereference(document: OpenApiDocument, parameter: z.infer<typeof Referenced>): Parameter {
  if (!('$ref' in parameter)) return parameter;
  const steps = parameter.$ref.replace(/^#\//, '').split('/');
  const found = steps.reduce<unknown>(
    (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined),
    document,
  );
  const parsed = Parameter.safeParse(found);
  if (!parsed.success) throw refuse(`${parameter.$ref} is no parameter of the document`);
  return parsed.data;
}

type Placed = { path: string; query: Record<string, unknown>; headers: Record<string, string>; body?: unknown };

function place(given: Record<string, unknown>, path: string, parameters: Parameter[], operation: Operation): Placed {
  const placed: Placed = { path, query: {}, headers: {} };
  const rest = { ...given };
  for (const { name, in: where, required } of parameters) {
    const value = rest[name];
    if (where === 'path') placed.path = placed.path.replaceAll(`{${name}}`, encodeURIComponent(asText(value ?? '')));
    if (value === undefined) {
      if (required) throw refuse(`the operation needs the parameter "${name}"`);
      continue;
    }
    if (where === 'query') placed.query[name] = value;
    if (where === 'header') placed.headers[name] = asText(value);
    if (where === 'cookie') placed.headers['cookie'] = `${name}=${asText(value)}`;
    if (where === 'body') placed.body = value;
    if (where === 'formData') placed.body = { ...(placed.body as object | undefined), [name]: value };
    delete rest[name];
  }
  if (operation.requestBody !== undefined && Object.keys(rest).length > 0) placed.body = rest['body'] ?? rest;
  if (parameters.some((one) => one.in === 'formData')) {
    placed.headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  return placed;
}

/** OpenAPI 3 `servers`, Swagger 2 `host`; relative to where the document lies. */
function baseAddress({ servers, host, basePath = '', schemes }: OpenApiDocument, uri: string): string {
  const from = new URL(uri);
  const address = servers?.[0]
    ? new URL(servers[0].url, from).href
    : `${schemes?.includes('https') ? 'https' : (schemes?.[0] ?? from.protocol.slice(0, -1))}://${host ?? from.host}${basePath}`;
  return address.replace(/\/$/, '');
}

function refuse(detail: string) {
  return applicationException('configuration', detail);
}

/** Lists as the default style of paths and headers writes them (OpenAPI "style: simple"). */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
