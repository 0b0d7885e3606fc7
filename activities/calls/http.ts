import { z } from 'zod';
import { AUTHORIZATION, resolveSecrets, withAuthorization } from '../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../activity.ts';
import { Authentication, authorization, sendAuthenticated } from './authentication.ts';
import { parseContent } from './content.ts';
import type { CallDeps } from './deps.ts';
import { filesOf, type SentFiles } from './sent-files.ts';
import { once } from './once.ts';
import { addressOf, type HttpRequest, type HttpResponse, isIdempotent } from './request.ts';

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const ResolvedEndpoint = z.object({ uri: z.string(), authentication: Authentication.optional() });
export const Output = z.enum(['raw', 'content', 'response']);

/** Arguments of `call: http` as the workflow hands them over: evaluated, endpoint and authentication resolved. */
export const HttpArguments = z.object({
  method: z.string().min(1),
  endpoint: ResolvedEndpoint,
  headers: z.record(z.string(), Scalar).nullish(),
  query: z.record(z.string(), z.union([Scalar, z.array(Scalar)])).nullish(),
  body: z.unknown().optional(),
  output: Output.default('content'),
  redirect: z.boolean().default(false),
});
export type HttpArguments = z.infer<typeof HttpArguments>;

const KEY_HEADER = 'idempotency-key';

/** Whoever writes this header into a definition says that the server knows a repetition by it. */
const hasOwnKey = ({ headers }: HttpArguments): boolean =>
  Object.keys(headers ?? {}).some((name) => name.toLowerCase() === KEY_HEADER);

/** Methods that create something: a server that knows the header recognises a repetition. */
const CREATING = new Set(['POST', 'PATCH']);
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
/** Whoever says JSON means the reference to a file, not its bytes. */
const JSON_TYPE = /[/+]json\b/i;

/**
 * DSL "HTTP Call". Secrets are put in place here and show up in no result: of the request, the output `response` tells
 * what the definition wrote, with marks, and never the Authorization header that a policy added.
 */
export async function callHttp(deps: CallDeps, args: HttpArguments, context: ActivityContext): Promise<unknown> {
  const clear = await withSecrets(deps, args, context);
  const files = await filesOf(clear.body, deps.artefact);
  const { method, url } = toRequest(clear, context.call.key, files);
  const effect = {
    what: `${method} ${url.origin}${url.pathname}`,
    repeatable: isIdempotent(method) || hasOwnKey(clear),
  };
  return once(deps, context, effect, (sending) =>
    sendAuthenticated(deps, toRequest(clear, context.call.key, files), clear.endpoint.authentication, {
      signal: context.signal,
      redirect: clear.redirect,
      call: context.call,
      sending,
    }).then((answer) => toOutput(args, answer)),
  );
}

/** `$authorization.parameter` is a mark like that of a secret: only here is known what stands for it. */
async function withSecrets(deps: CallDeps, args: HttpArguments, context: ActivityContext): Promise<HttpArguments> {
  const grant = context.call.secrets;
  if (!grant) return args;
  const { authentication } = HttpArguments.parse(await resolveSecrets(args, withAuthorization(grant), known)).endpoint;
  const find = async (name: string): Promise<string | undefined> => {
    if (name !== AUTHORIZATION) return deps.secret(name);
    if (!authentication) return undefined;
    const header = await authorization(deps, authentication, context);
    return header.slice(header.indexOf(' ') + 1);
  };
  return HttpArguments.parse(await resolveSecrets(args, withAuthorization(grant), find));

  function known(name: string): Promise<string | undefined> {
    return name === AUTHORIZATION ? Promise.resolve('') : deps.secret(name);
  }
}

/** The answer in the form that the definition asked for (DSL "HTTP Response"). */
export function toOutput(args: HttpArguments, { status, headers, content }: HttpResponse): unknown {
  if (args.output === 'raw') return Buffer.from(content).toString('base64');
  const parsed = parseContent(content, headers.get('content-type'));
  if (args.output === 'content') return parsed;
  return {
    request: { method: args.method.toLowerCase(), uri: requestUrl(args).href, headers: args.headers ?? {} },
    statusCode: status,
    headers: Object.fromEntries(headers),
    content: parsed,
  };
}

function toRequest(args: HttpArguments, key: string, files: SentFiles): HttpRequest {
  const method = args.method.toUpperCase();
  const headers = new Headers(Object.entries(args.headers ?? {}).map(([name, value]) => [name, String(value ?? '')]));
  if (CREATING.has(method) && !headers.has(KEY_HEADER)) headers.set(KEY_HEADER, key);
  return { method, url: requestUrl(args), headers, body: toBody(args.body, headers, files) };
}

function requestUrl({ endpoint, query }: HttpArguments): URL {
  const url = addressOf(endpoint.uri);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null) url.searchParams.append(name, String(one));
    }
  }
  return url;
}

/** Texts and files as they are; anything else as a form of either kind where the headers say so, as JSON otherwise. */
function toBody(body: unknown, headers: Headers, files: SentFiles): HttpRequest['body'] {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  const type = headers.get('content-type') ?? '';
  const file = JSON_TYPE.test(type) ? undefined : files.get(body);
  if (file) {
    if (type === '') headers.set('content-type', file.type);
    return file;
  }
  if (type.startsWith(FORM) && typeof body === 'object') return new URLSearchParams(fieldsOf(body)).toString();
  if (type.startsWith(MULTIPART) && typeof body === 'object') {
    const form = new FormData();
    for (const [name, value] of partsOf(body)) {
      const part = files.get(value);
      if (part) form.append(name, part, part.name);
      else form.append(name, textOf(value));
    }
    // The boundary is chosen as the form is written.
    headers.delete('content-type');
    return form;
  }
  if (type === '') headers.set('content-type', 'application/json');
  return JSON.stringify(body);
}

/** Fields of a form: an object is written as JSON. */
function fieldsOf(body: object): [name: string, value: string][] {
  return partsOf(body).map(([name, value]) => [name, textOf(value)]);
}

/** Values of a form by their names: a list repeats its field, nothing is left out. */
function partsOf(body: object): [name: string, value: unknown][] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== null && one !== undefined)
      .map((one: unknown): [string, unknown] => [name, one]),
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
