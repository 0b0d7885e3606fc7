import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { applicationException } from '../../core/model/problem.ts';
import type { Site } from '../site/context.ts';
import { RateLimit } from '../site/rate-limit.ts';
import { createCallers, requireScope } from './access.ts';
import { onceByKey } from './idempotent.ts';
import { openApiDocument } from './openapi.ts';
import { type AnyOperation, type Caller, isMedia } from './operation.ts';
import { operations } from './operations/index.ts';
import type { ApiParts } from './parts.ts';
import { problemAnswer } from './problems.ts';

/** A definition with its forms and mail texts is some hundred kilobytes. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Far deeper than any document of a back office, and far less than a stack holds. */
const MAX_DEPTH = 200;
/** A program that polls every second for a department is far below. */
const REQUESTS_PER_MINUTE = 3000;

/** The HTTP API: what people do on the pages and authors on the command line, described by `/api/openapi.json`. */
export function createApi(parts: ApiParts): Hono {
  const { store, site, token } = parts;
  const callers = createCallers({ tokens: store.apiTokens, find: parts.find, local: token, clock: site.clock });
  const limit = new RateLimit(REQUESTS_PER_MINUTE);
  const all = operations(parts);
  const api = new Hono();
  const fail = (c: Context, error: unknown): Response => problemAnswer(c, error, site.log);
  const bounded = ({ maxBytes = MAX_BODY_BYTES }: AnyOperation) =>
    bodyLimit({
      maxSize: maxBytes,
      onError: (c) => fail(c, applicationException('validation', 'the request is too large', { status: 413 })),
    });
  api.onError((error, c) => fail(c, error));
  api.get('/openapi.json', (c) => c.json(openApiDocument(all, new URL('/api', site.settings.publicUrl).href)));
  for (const spec of all) {
    api.on(spec.method.toUpperCase(), spec.path.replaceAll(/\{(\w+)\}/g, ':$1'), bounded(spec), async (c) => {
      const caller = await callers(c.req.header('authorization'));
      requireScope(caller, spec.scope);
      if (!limit.allows(caller.token, site.clock().getTime())) {
        throw applicationException('runtime', 'too many requests: wait a minute', { status: 429 });
      }
      const once = { keys: store.idempotency, caller, clock: site.clock };
      return onceByKey(c, once, () => answer(c, spec, caller, site).catch((error: unknown) => fail(c, error)));
    });
  }
  api.all('*', (c) => fail(c, applicationException('runtime', 'there is no such operation', { status: 404 })));
  return api;
}

async function answer(
  c: Context,
  spec: AnyOperation,
  caller: Caller,
  { views }: Pick<Site, 'views'>,
): Promise<Response> {
  const request = {
    params: spec.params?.parse(storable(c.req.param())),
    query: spec.query?.parse(storable(c.req.query())),
    body: spec.body?.parse(await bodyOf(c, spec)),
  };
  const result = await spec.handle(request, caller);
  const details = { operation: spec.id, ...c.req.param() };
  await views.note(c, caller.token, { actor: caller.actor, action: 'api.read', run: c.req.param('run'), details });
  if (isMedia(spec.answer)) return result as Response;
  // What is not described is not told.
  return c.json(spec.answer.parse(result) as object, 200);
}

async function bodyOf(c: Context, { body, read, maxBytes }: AnyOperation): Promise<unknown> {
  if (!read) return storable(await readJson(c, body !== undefined));
  const value = read(new Uint8Array(await c.req.arrayBuffer()), c.req.raw.headers);
  // Files are bytes; everything else goes into the database as text.
  return maxBytes === undefined ? storable(value) : value;
}

async function readJson(c: Context, wanted: boolean): Promise<unknown> {
  if (!wanted) return undefined;
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw applicationException('validation', `the body is not JSON: ${error.message}`);
  }
}

/** Refuses text that no database can store: NUL, and half of a surrogate pair. */
function storable<T>(value: T): T {
  const bad = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed();
  const look = (part: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH) throw applicationException('validation', `data may be nested ${MAX_DEPTH} deep`);
    if (typeof part === 'string') return bad(part);
    if (typeof part !== 'object' || part === null) return false;
    return Object.entries(part).some(([key, inner]) => bad(key) || look(inner, depth + 1));
  };
  if (look(value, 0))
    throw applicationException('validation', 'text with NUL or half a surrogate pair cannot be stored');
  return value;
}
