import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { dereference } from '../reference.ts';

const Parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  /** OpenAPI 3 */
  style: z.string().optional(),
  explode: z.boolean().optional(),
  content: z.record(z.string(), z.unknown()).optional(),
  /** Swagger 2 */
  collectionFormat: z.string().optional(),
});
export type Parameter = z.infer<typeof Parameter>;

const RequestBody = z.looseObject({
  required: z.boolean().optional(),
  content: z.record(z.string(), z.unknown()).default({}),
});
export type RequestBody = z.infer<typeof RequestBody>;

const Server = z.looseObject({
  url: z.string(),
  variables: z.record(z.string(), z.looseObject({ default: z.coerce.string() })).default({}),
});
const Operation = z.looseObject({
  operationId: z.string().optional(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  consumes: z.array(z.string()).optional(),
  servers: z.array(Server).optional(),
});
const PathItem = z.looseObject({ parameters: z.array(z.unknown()).default([]), servers: z.array(Server).optional() });

/** What a call needs of OpenAPI 3.0 and 3.1, and of Swagger 2. */
export const OpenApiDocument = z
  .looseObject({
    openapi: z.string().optional(),
    swagger: z.string().optional(),
    servers: z.array(Server).optional(),
    host: z.string().optional(),
    basePath: z.string().default(''),
    schemes: z.array(z.string()).optional(),
    consumes: z.array(z.string()).optional(),
    paths: z.record(z.string(), z.unknown()),
  })
  .refine(
    ({ openapi = '', swagger = '' }) => openapi.startsWith('3.') || swagger.startsWith('2.'),
    'expected openapi: 3.x or swagger: "2.0"',
  );
export type OpenApiDocument = z.infer<typeof OpenApiDocument>;

export type Operation = {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  /** OpenAPI 3; Swagger 2 has parameters `in: body` and `in: formData`. */
  requestBody: RequestBody | undefined;
  /** Media type of the body. */
  mediaType: string | undefined;
  /** Address of the server, without a slash at its end. */
  base: string;
};

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Finds an operation. `uri`: where the document lies, to which its servers may be relative. */
export function findOperation(document: OpenApiDocument, id: string, uri: string): Operation {
  for (const [path, entry] of Object.entries(document.paths)) {
    const item = PathItem.parse(dereference(document, entry));
    for (const method of METHODS) {
      const { success, data } = Operation.safeParse(item[method]);
      if (!success || data.operationId !== id) continue;
      const requestBody = data.requestBody === undefined ? undefined : bodyOf(document, data.requestBody);
      return {
        ...{ id, method, path, requestBody },
        parameters: merged(document, item.parameters, data.parameters),
        mediaType: requestBody
          ? preferred(Object.keys(requestBody.content))
          : preferred(data.consumes ?? document.consumes ?? []),
        base: baseAddress(document, data.servers ?? item.servers ?? document.servers, uri),
      };
    }
  }
  throw refuse(`${uri} has no operation "${id}"`);
}

/** Parameters of the path, in whose place the operation may put its own (OpenAPI "Operation Object"). */
function merged(document: OpenApiDocument, ofPath: unknown[], own: unknown[]): Parameter[] {
  const all = [...ofPath, ...own].map((one) => {
    const parsed = Parameter.safeParse(dereference(document, one));
    if (!parsed.success) throw refuse(`${JSON.stringify(one)} is not a parameter of the document`);
    return parsed.data;
  });
  return [...new Map(all.map((one) => [`${one.in}:${one.name}`, one])).values()];
}

function bodyOf(document: OpenApiDocument, body: unknown): RequestBody {
  return RequestBody.parse(dereference(document, body));
}

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** JSON where the operation takes it, else a form, else whatever it names first. */
function preferred(types: string[]): string | undefined {
  return types.find((type) => /json\b/.test(type)) ?? types.find((type) => FORMS.includes(type)) ?? types[0];
}

/** OpenAPI 3 `servers`, Swagger 2 `host`; relative to where the document lies. */
function baseAddress(document: OpenApiDocument, servers: OpenApiDocument['servers'], uri: string): string {
  const from = URL.parse(uri);
  const [server] = servers ?? [];
  if (server) {
    const url = server.url.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => server.variables[name]?.default ?? '');
    const address = URL.parse(url, from?.href);
    if (address) return address.href.replace(/\/$/, '');
  }
  const { schemes = [], host = from?.host, basePath } = document;
  if (host === undefined || host === '') {
    throw refuse(
      `${uri} does not say where its service is: it is a file beside the definition, so servers must be complete addresses`,
    );
  }
  const scheme = schemes.includes('https') ? 'https' : (schemes[0] ?? from?.protocol.slice(0, -1) ?? 'https');
  return `${scheme}://${host}${basePath}`.replace(/\/$/, '');
}

export function refuse(detail: string) {
  return applicationException('configuration', detail);
}
