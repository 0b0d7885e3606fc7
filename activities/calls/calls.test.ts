import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { errorName, type Problem } from '../../core/model/problem.ts';
import { secretMark } from '../../core/expressions/secret-marks.ts';
import { callDeps } from '../../tests/support/calls.ts';
import { createCallActivities } from './index.ts';
import { MAX_CONTENT_BYTES } from './request.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const json = (response: ServerResponse, body: unknown, status = 200, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
let tokenRequests = 0;
let failures = 0;

/** One small service; `/echo` tells what it was sent. */
const HANDLERS: Record<string, Handler> = {
  '/echo': (request, response, body) =>
    json(response, { method: request.method, url: request.url, headers: request.headers, body }),
  '/text': (_, response) => response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('zażółć'),
  '/bytes': (_, response) => response.writeHead(200).end(Buffer.from([1, 2, 3])),
  '/nothing': (_, response) => response.writeHead(204).end(),
  '/big': (_, response) => response.writeHead(200).end(Buffer.alloc(MAX_CONTENT_BYTES + 1)),
  '/moved': (_, response) => response.writeHead(302, { location: '/text' }).end(),
  '/busy': (_, response) => json(response, { why: 'busy' }, 503),
  '/failed': (_, response) => {
    failures++;
    json(response, {}, 500);
  },
  '/missing': (_, response) => json(response, { why: 'no such pet' }, 404),
  '/not-json': (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'),
  '/digest': (request, response) => {
    const given = request.headers.authorization;
    if (!given) return json(response, {}, 401, { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' });
    const cnonce = /cnonce="([^"]+)"/.exec(given)?.[1] ?? '';
    const expected = md5(`${md5('u:r:p')}:n:00000001:${cnonce}:auth:${md5('GET:/digest')}`);
    return json(response, { ok: given.includes(`response="${expected}"`) });
  },
  '/oauth2/token': (request, response, body) => {
    tokenRequests++;
    json(response, { access_token: `token-for-${new URLSearchParams(body).get('client_id')}`, expires_in: 3600 });
  },
  '/.well-known/openid-configuration': (request, response) =>
    json(response, { token_endpoint: `http://${request.headers.host}/oauth2/token` }),
  '/api.json': (_, response) =>
    json(response, {
      openapi: '3.0.0',
      servers: [{ url: '/' }],
      paths: {
        '/echo': {
          post: {
            operationId: 'create',
            requestBody: {},
            parameters: [
              { name: 'q', in: 'query' },
              { name: 'x-h', in: 'header', required: true },
            ],
          },
        },
      },
    }),
};

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => HANDLERS[new URL(request.url ?? '/', 'http://x').pathname]?.(request, response, body));
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const SECRETS: Record<string, string> = { pin: '1234', basic: '{"username":"u","password":"p"}', bare: 'abc' };
const nothing = (): void => undefined;
const silent = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
const activities = createCallActivities(callDeps({ secret: (name) => Promise.resolve(SECRETS[name]) }));
const call = {
  ...{ run: 'r', definition: { namespace: 'n', name: 'n', version: '1', hash: 'h' }, task: '/do/0/a', key: 'key-1' },
  secrets: { token: 'tok', names: ['pin', 'basic', 'bare', 'unset'] },
};
const run = (name: string, args: unknown): Promise<unknown> =>
  new MockActivityEnvironment({}, { logger: silent }).run(
    (given: unknown) => activities[name]?.(given, call) ?? Promise.reject(),
    args,
  );
const once = (key: string, more: object): Promise<unknown> =>
  new MockActivityEnvironment({}, { logger: silent }).run(
    (args: unknown) => activities['call.http']?.(args, { ...call, key }) ?? Promise.reject(),
    { method: 'post', endpoint: { uri: `${base}/failed` }, ...more },
  );
const http = (path: string, more: object = {}, authentication?: object): Promise<unknown> =>
  run('call.http', { method: 'get', endpoint: { uri: base + path, authentication }, ...more });

async function problemOf(work: Promise<unknown>): Promise<Problem & { retryable: boolean }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApplicationFailure)) throw new Error(`no failure but ${String(error)}`);
  return { ...(error.details?.[0] as Problem), retryable: !error.nonRetryable };
}

describe('call.http output', () => {
  it.each<[string, string, object, unknown]>([
    ['text', '/text', {}, 'zażółć'],
    ['bytes as base64', '/bytes', {}, 'AQID'],
    ['nothing as null', '/nothing', {}, null],
    ['raw', '/text', { output: 'raw' }, Buffer.from('zażółć').toString('base64')],
    ['a redirection that is followed', '/moved', { redirect: true }, 'zażółć'],
  ])('should give %s', async (_, path, more, output) => {
    expect(await http(path, more)).toEqual(output);
  });

  it('should tell request, status and headers, without secrets', async () => {
    const headers = { 'x-pin': secretMark('tok', 'pin') };
    const output = await http('/echo?a=1', { output: 'response', headers, query: { b: [1, 2] } });
    expect(output).toMatchObject({
      request: { method: 'get', uri: `${base}/echo?a=1&b=1&b=2`, headers },
      statusCode: 200,
      content: { url: '/echo?a=1&b=1&b=2', headers: { 'x-pin': '1234' } },
    });
  });

  it('should send bodies as JSON or as a form, with an idempotency key', async () => {
    expect(await http('/echo', { method: 'post', body: { a: 1 } })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'key-1' },
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await http('/echo', { method: 'post', headers, body: { a: 'b c' } })).toMatchObject({ body: 'a=b+c' });
  });
});

describe('call.http faults', () => {
  it.each<[string, string, object, string, number, boolean]>([
    ['a status', '/missing', {}, 'communication', 404, false],
    ['a busy server', '/busy', {}, 'communication', 503, true],
    ['a redirection', '/moved', {}, 'communication', 302, false],
    ['too much', '/big', {}, 'communication', 500, false],
    ['broken JSON', '/not-json', {}, 'communication', 500, false],
    ['a closed port', '', { endpoint: { uri: 'http://127.0.0.1:1/' } }, 'communication', 500, true],
    ['another protocol', '', { endpoint: { uri: 'file:///etc/passwd' } }, 'configuration', 400, false],
    ['an address that is none', '', { endpoint: { uri: 'nowhere' } }, 'configuration', 400, false],
    ['an unset secret', '/text', { headers: { a: secretMark('tok', 'unset') } }, 'authorization', 403, false],
    ['an undeclared secret', '/text', { headers: { a: secretMark('tok', 'other') } }, 'authorization', 403, false],
    ['wrong arguments', '/text', { method: 7 }, 'validation', 400, false],
  ])('should tell %s', async (_, path, more, type, status, retryable) => {
    const problem = await problemOf(http(path, more));
    expect([errorName(problem.type), problem.status, problem.retryable]).toEqual([type, status, retryable]);
  });

  it('should not take a mark from outside for a secret', async () => {
    const headers = { a: '{{secret:guess:pin}}' };
    expect(await http('/echo', { headers })).toMatchObject({ headers: { a: '{{secret:guess:pin}}' } });
  });
});

describe('authentication', () => {
  const basic = `Basic ${Buffer.from('u:p').toString('base64')}`;
  const oauth2 = (id: string, more: object = {}) => ({
    ...{ authority: base, grant: 'client_credentials', client: { id, secret: 's' } },
    ...more,
  });

  it.each<[string, () => object, string]>([
    ['basic', () => ({ basic: { username: 'u', password: 'p' } }), basic],
    ['basic from a secret', () => ({ basic: { use: 'basic' } }), basic],
    ['bearer', () => ({ bearer: { token: secretMark('tok', 'pin') } }), 'Bearer 1234'],
    ['bearer from a bare secret', () => ({ bearer: { use: 'bare' } }), 'Bearer abc'],
    ['oauth2', () => ({ oauth2: oauth2('one') }), 'Bearer token-for-one'],
    ['oidc', () => ({ oidc: oauth2('two') }), 'Bearer token-for-two'],
  ])('should send %s', async (_, authentication, header) => {
    expect(await http('/echo', {}, authentication())).toMatchObject({ headers: { authorization: header } });
  });

  it('should answer a digest challenge', async () => {
    expect(await http('/digest', {}, { digest: { username: 'u', password: 'p' } })).toEqual({ ok: true });
  });

  it('should keep a token until it ends, and refuse one of another issuer', async () => {
    const before = tokenRequests;
    await http('/echo', {}, { oauth2: oauth2('three') });
    await http('/echo', {}, { oauth2: oauth2('three') });
    expect(tokenRequests - before).toBe(1);
    const problem = await problemOf(
      http('/echo', {}, { oauth2: oauth2('four', { issuers: ['https://good.example'] }) }),
    );
    expect(errorName(problem.type)).toBe('authentication');
  });
});

describe('call.openapi', () => {
  const openapi = (operationId: string, parameters: object): Promise<unknown> =>
    run('call.openapi', { document: { endpoint: { uri: `${base}/api.json` } }, operationId, parameters });

  it('should put parameters where the document says', async () => {
    const sent = await openapi('create', { q: 'a b', 'x-h': 'h', name: 'Ala' });
    expect(sent).toMatchObject({ method: 'POST', url: '/echo?q=a+b', headers: { 'x-h': 'h' }, body: '{"name":"Ala"}' });
  });

  it('should refuse an unknown operation and a missing parameter', async () => {
    expect((await problemOf(openapi('destroy', {}))).detail).toContain('has no operation "destroy"');
    expect((await problemOf(openapi('create', {}))).detail).toContain('"x-h"');
  });
});

describe('a call that may have counted', () => {
  it('should not be made again after a status of 500, by whichever attempt', async () => {
    failures = 0;
    expect(await problemOf(once('unsure', {}))).toMatchObject({ status: 500, retryable: false, unconfirmed: {} });
    expect(await problemOf(once('unsure', {}))).toMatchObject({ title: 'done-not-confirmed', retryable: false });
    expect(failures).toBe(1);
  });

  it('should be made again where the definition says by which key the server knows a repetition', async () => {
    failures = 0;
    const headers = { 'Idempotency-Key': 'order-7' };
    for (let i = 0; i < 2; i += 1) {
      expect(await problemOf(once('known', { headers }))).not.toHaveProperty('unconfirmed');
    }
    expect(failures).toBe(2);
  });
});
