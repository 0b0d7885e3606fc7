import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorName } from '../../../core/model/problem.ts';
import { callDeps, perform, problemIn } from '../../../tests/support/calls.ts';
import { createCallActivities } from '../index.ts';

let server: Server;
let base = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, url, headers } = request;
      if (url?.endsWith('/moved')) return void response.writeHead(302, { location: '/v3/lines' }).end();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ method, url, headers, body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const parameter = (name: string, where: string, more: object = {}) => ({ name, in: where, schema: {}, ...more });
const json = { content: { 'application/json': {} } };
const version3 = () => ({
  openapi: '3.1.0',
  servers: [{ url: `http://${base}/{version}`, variables: { version: { default: 'v3' } } }],
  paths: {
    '/orders/{id}': {
      parameters: [parameter('id', 'path', { required: true }), parameter('page', 'query')],
      get: {
        operationId: 'find',
        parameters: [
          { $ref: '#/components/parameters/tenant' },
          parameter('tags', 'query'),
          parameter('colours', 'query', { style: 'pipeDelimited', explode: false }),
          parameter('filter', 'query', { style: 'deepObject' }),
          parameter('sort', 'query', { explode: false }),
          parameter('json', 'query', json),
          parameter('a', 'cookie'),
          parameter('b', 'cookie'),
        ],
      },
      put: { operationId: 'change', requestBody: { ...json, required: true } },
      post: {
        operationId: 'upload',
        requestBody: { $ref: '#/components/requestBodies/form' },
        servers: [{ url: `http://${base}/uploads` }],
      },
    },
    '/lines': { $ref: '#/components/pathItems/lines' },
    '/moved': { get: { operationId: 'moved' } },
  },
  components: {
    parameters: { tenant: parameter('x-tenant', 'header', { required: true }) },
    requestBodies: { form: { content: { 'application/x-www-form-urlencoded': {} } } },
    pathItems: { lines: { get: { operationId: 'lines' } } },
  },
});
const version2 = () => ({
  swagger: '2.0',
  host: base,
  basePath: '/v2',
  schemes: ['http'],
  consumes: ['application/json'],
  paths: {
    '/pets': {
      get: {
        operationId: 'pets',
        parameters: [
          { name: 'tags', in: 'query', type: 'array' },
          { name: 'ids', in: 'query', type: 'array', collectionFormat: 'multi' },
        ],
      },
      post: { operationId: 'add', parameters: [{ name: 'pet', in: 'body', schema: {} }] },
      put: {
        operationId: 'form',
        consumes: ['application/x-www-form-urlencoded'],
        parameters: [{ name: 'name', in: 'formData', type: 'string' }],
      },
    },
  },
});

const FILES: Record<string, () => object> = { 'resources/3.json': version3, 'resources/2.json': version2 };
const activities = createCallActivities(
  callDeps({ file: (_, path) => Promise.resolve(path in FILES ? JSON.stringify(FILES[path]?.()) : undefined) }),
);
const call = (file: string, operationId: string, parameters: object, more: object = {}): Promise<unknown> =>
  perform(activities['call.openapi'], {
    document: { endpoint: { uri: `resources/${file}.json` } },
    ...{ operationId, parameters },
    ...more,
  }).result;

describe('OpenAPI 3', () => {
  it('should write parameters in the styles of the document', async () => {
    const given = {
      ...{ id: 'FV/1', 'x-tenant': 't', tags: ['a', 'b'], colours: ['red', 'blue'] },
      ...{ filter: { from: 1, to: 2 }, sort: ['x', 'y'], json: { a: 1 }, a: '1', b: 'ż' },
    };
    const sent = (await call('3', 'find', given)) as { url: string; headers: Record<string, string> };
    const url = new URL(sent.url, 'http://x');
    expect(url.pathname).toBe('/v3/orders/FV%2F1');
    expect(Object.fromEntries([...url.searchParams.keys()].map((key) => [key, url.searchParams.getAll(key)]))).toEqual({
      ...{ tags: ['a', 'b'], colours: ['red|blue'], 'filter[from]': ['1'], 'filter[to]': ['2'] },
      ...{ sort: ['x,y'], json: ['{"a":1}'] },
    });
    expect(sent.headers).toMatchObject({ 'x-tenant': 't', cookie: 'a=1; b=%C5%BC' });
  });

  it('should send what is left as the body, or the body itself', async () => {
    const sent = { method: 'PUT', body: '{"total":"1.00"}', headers: { 'content-type': 'application/json' } };
    expect(await call('3', 'change', { id: '1', total: '1.00' })).toMatchObject(sent);
    expect(await call('3', 'change', { id: '1', body: { total: '1.00' } })).toMatchObject(sent);
    expect(await call('3', 'change', { id: '1', body: [1] })).toMatchObject({ body: '[1]' });
  });

  it('should take the media type and the server of the operation, and follow references', async () => {
    expect(await call('3', 'upload', { id: '1', a: 'b c' })).toMatchObject({
      ...{ url: '/uploads/orders/1', body: 'a=b+c' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await call('3', 'lines', {})).toMatchObject({ url: '/v3/lines' });
  });

  it('should send who calls, and give the output asked for', async () => {
    const more = { authentication: { bearer: { token: 't' } }, output: 'response' };
    expect(await call('3', 'lines', {}, more)).toMatchObject({
      statusCode: 200,
      content: { headers: { authorization: 'Bearer t' } },
    });
  });
});

describe('Swagger 2', () => {
  it('should write lists by their collection format', async () => {
    expect(await call('2', 'pets', { tags: ['a', 'b'], ids: [1, 2] })).toMatchObject({
      url: '/v2/pets?tags=a%2Cb&ids=1&ids=2',
    });
  });

  it('should send bodies and forms', async () => {
    expect(await call('2', 'add', { pet: { name: 'Rex' } })).toMatchObject({ body: '{"name":"Rex"}' });
    expect(await call('2', 'form', { name: 'Rex' })).toMatchObject({ method: 'PUT', body: 'name=Rex' });
  });
});

describe('a redirection', () => {
  it('should be an error unless the call takes it', async () => {
    const problem = await problemIn(call('3', 'moved', {}));
    expect([errorName(problem.type), problem.status]).toEqual(['communication', 302]);
    expect(await call('3', 'moved', {}, { redirect: true })).toMatchObject({ url: '/v3/lines' });
  });
});

describe('faults', () => {
  it.each<[string, string, string, object, string, string]>([
    ['an unknown operation', '3', 'fnd', {}, 'configuration', 'has no operation "fnd"'],
    ['a missing parameter', '3', 'find', { id: '1' }, 'validation', 'needs the parameter "x-tenant"'],
    ['a missing part of the path', '3', 'find', { 'x-tenant': 't' }, 'validation', 'needs the parameter "id"'],
    ['an unknown parameter', '2', 'pets', { tag: 'a' }, 'validation', 'no parameter "tag": did you mean "tags"?'],
    ['a missing body', '3', 'change', { id: '1' }, 'validation', 'needs a body'],
  ])('should tell %s', async (_, file, operation, given, type, detail) => {
    const problem = await problemIn(call(file, operation, given));
    expect([errorName(problem.type), problem.retryable]).toEqual([type, false]);
    expect(problem.detail).toContain(detail);
  });
});
