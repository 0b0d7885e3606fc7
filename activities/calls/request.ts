import { applicationException, errorName, ProblemError } from '../../core/model/problem.ts';
import { classify } from '../../core/model/classify-error.ts';
import type { CallDeps } from './deps.ts';

/** One answer must come within this time; the activity's own limit is a little longer. */
export const ANSWER_MS = 60_000;
/** Content goes into the run's history, where Temporal takes 2 MB for one payload; base64 and JSON add to it. */
export const MAX_CONTENT_BYTES = 1024 * 1024;
/** A chain of redirections longer than this is a circle (the Fetch standard's own bound). */
const MAX_REDIRECTS = 20;
/** Characters of an error's body that its message quotes. */
const QUOTED_BODY = 500;

/** Methods whose repetition changes nothing more (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
/** Statuses by which a server says that it has not dealt with the request: any method may be tried again. */
const NOT_PROCESSED = new Set([425, 429, 503]);
/** Statuses that pass, after which only an idempotent request may be tried again. */
const TRANSIENT = new Set([408, 500, 502, 504]);
/** Errors before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export type HttpRequest = { method: string; url: URL; headers: Headers; body?: string | FormData | Blob };
export type HttpResponse = { status: number; headers: Headers; content: Uint8Array };
export type SendOptions = {
  signal: AbortSignal;
  /** Follow redirections, and take what is left of 300 to 399 for an answer. */
  redirect: boolean;
  /** Statuses that are an answer all the same, such as 401 for a digest challenge. */
  accept?: readonly number[];
  /** Called just before the request leaves. */
  sending?: (() => Promise<void>) | undefined;
};

/**
 * Sends one request and reads the whole answer, within bounds of time and size. Throws a problem of type
 * `communication` for a failed connection, and for a status outside 200 to 299 (to 399 with `redirect`), which is then
 * the problem's status.
 */
export async function send(deps: CallDeps, request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(ANSWER_MS)]);
  const response = await open(deps, request, { ...options, signal });
  try {
    return { status: response.status, headers: response.headers, content: await readBounded(response, request.url) };
  } catch (error) {
    throw notAnswered(request, error);
  }
}

/** Sends one request; the body of the answer is the caller's to read, or to cancel. Throws as `send` does. */
export async function open(deps: CallDeps, request: HttpRequest, options: SendOptions): Promise<Response> {
  checkScheme(request.url);
  checkHeaders(request.headers);
  try {
    const response = await follow(deps, request, options);
    const ok = response.status < (options.redirect ? 400 : 300) || options.accept?.includes(response.status);
    if (ok) return response;
    throw refused(request, response, await readBounded(response, request.url));
  } catch (error) {
    throw notAnswered(request, error);
  }
}

/**
 * The answer, after redirections where they are to be followed. By hand, not by `fetch`: each address on the way must be
 * one that the operator allows. As the Fetch standard has it, credentials stay with their origin, and what becomes a GET
 * loses its body.
 */
async function follow(
  deps: CallDeps,
  first: HttpRequest,
  { signal, redirect, sending }: SendOptions,
): Promise<Response> {
  let request = first;
  for (let hops = 0; ; hops++) {
    const { method, url, headers, body } = request;
    await deps.egress.admit(url);
    await sending?.();
    const response = await deps.fetch(url, { method, headers, body, redirect: 'manual', signal });
    const location = REDIRECTIONS.has(response.status) ? response.headers.get('location') : null;
    if (!redirect || location === null || hops === MAX_REDIRECTS) return response;
    await response.body?.cancel();
    request = redirected(request, response.status, new URL(location, url));
    checkScheme(request.url);
  }
}

/** Statuses that name another address (RFC 9110, 15.4). */
const REDIRECTIONS = new Set([301, 302, 303, 307, 308]);
const OF_BODY = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'];
const OF_ORIGIN = ['authorization', 'cookie', 'proxy-authorization'];

function redirected(request: HttpRequest, status: number, url: URL): HttpRequest {
  const { method } = request;
  const headers = new Headers(request.headers);
  if (url.origin !== request.url.origin) for (const name of OF_ORIGIN) headers.delete(name);
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return { ...request, headers, url };
  for (const name of OF_BODY) headers.delete(name);
  return { method: 'GET', url, headers };
}

function checkScheme({ protocol, href }: URL): void {
  if (protocol === 'http:' || protocol === 'https:') return;
  throw applicationException('configuration', `${href}: only http and https addresses can be called`);
}

/** Behind a proxy the header Host would lead to another service than the address that was judged. */
export function checkHeaders(headers: Headers): void {
  if (!headers.has('host')) return;
  throw applicationException(
    'configuration',
    'the header Host comes from the address. To fix: remove it from the headers',
  );
}

/** A whole address. Throws a problem of type `configuration` for a text that is none. */
export function addressOf(uri: string): URL {
  const url = URL.parse(uri);
  if (url) return url;
  throw applicationException('configuration', `"${uri}" is not a complete address: begin with https://`);
}

async function readBounded(response: Response, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_CONTENT_BYTES) {
      throw applicationException('communication', `${origin(url)} answered with more than ${MAX_CONTENT_BYTES} bytes`, {
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused({ method, url }: HttpRequest, { status, statusText }: Response, content: Uint8Array): ProblemError {
  const retryable = NOT_PROCESSED.has(status) || (TRANSIENT.has(status) && IDEMPOTENT.has(method));
  const said = Buffer.from(content).toString('utf8').slice(0, QUOTED_BODY);
  const detail = `${method} ${origin(url)} answered ${status} ${statusText}${said && `: ${said}`}`;
  return applicationException('communication', detail, { status, retryable });
}

/** Classified by the error's code, then made `communication`, as the specification asks of calls. */
function notAnswered({ method, url }: HttpRequest, error: unknown): unknown {
  const known = classify(error);
  if (error instanceof Error && 'problem' in error) return error;
  const retryable = known.retryable && (IDEMPOTENT.has(method) || NOT_SENT.has(codeOf(error) ?? ''));
  const kind = known.problem.type.endsWith('timeout') ? 'timeout' : 'communication';
  return applicationException(kind, `${method} ${origin(url)}: ${known.problem.detail}`, { retryable, cause: error });
}

function codeOf(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}

/** True for a method whose repetition changes nothing more. */
export const isIdempotent = (method: string): boolean => IDEMPOTENT.has(method);

/** Statuses of the server by which it says that it does not do such a thing (RFC 9110, 15.6). */
const NOT_OFFERED = new Set([501, 505]);
const TIMED_OUT = new Set([408, 499]);
/** Types of problems that are found here, before anything has been done over there. */
const FOUND_HERE = ['configuration', 'validation', 'authorization', 'authentication', 'expression'];
/** No connection came about, or none that is trusted. */
const NO_CONNECTION =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/**
 * True for a failure after which it is sure that what was asked for was not done: nothing was sent, or the server has
 * refused it. A status of 500 or a lost answer says nothing of the kind.
 */
export function isUndone(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const { type, status } = error.problem;
  if (error.retryable || FOUND_HERE.includes(errorName(type)) || NO_CONNECTION.test(codeOf(error) ?? '')) return true;
  if (errorName(type) !== 'communication') return false;
  return (status >= 400 && status < 500 && !TIMED_OUT.has(status)) || NOT_OFFERED.has(status);
}

/** Queries may carry secrets: messages and logs name the path alone. */
function origin(url: URL): string {
  return url.origin + url.pathname;
}
