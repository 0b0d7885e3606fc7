import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { errorName } from '../../core/model/problem.ts';
import { AUTHORIZATION, secretMark } from '../../core/expressions/secret-marks.ts';
import { CALL, callDeps, perform, problemIn } from '../../tests/support/calls.ts';
import { createCallActivities } from './index.ts';

type TokenRequest = { url: string; fields: Record<string, unknown>; headers: IncomingHttpHeaders };

/** An authority that gives tokens `t1`, `t2` …, and a service that takes those not revoked. */
const asked: TokenRequest[] = [];
const revoked = new Set<string>();
let given = 0;
let server: Server;
let base = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const json = (status: number, value: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      const { url = '', headers } = request;
      if (url === '/echo') {
        const authorization = headers.authorization ?? '';
        const status = revoked.has(authorization) || authorization === '' ? 401 : 200;
        return json(status, { authorization, extra: headers['x-extra'], body });
      }
      if (url.startsWith('/.well-known')) return json(200, { token_endpoint: `${base}/discovered` });
      const isJson = headers['content-type'] === 'application/json';
      const fields = (
        isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
      ) as TokenRequest['fields'];
      asked.push({ url, fields, headers });
      if (fields['client_id'] === 'unknown') return json(401, { error: 'invalid_client', error_description: 'who?' });
      return json(200, { access_token: `t${++given}`, expires_in: 3600 });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => void asked.splice(0));

const activities = createCallActivities(callDeps());
let clients = 0;
const call = (authentication: object, more: object = {}): Promise<unknown> =>
  perform(
    activities['call.http'],
    { method: 'get', endpoint: { uri: `${base}/echo`, authentication }, ...more },
    {
      ...CALL,
      secrets: { token: 'tok', names: [] },
    },
  ).result;
/** A policy with a client of its own, so that no kept token answers. */
const policy = (more: object, client: object = {}) => ({
  ...{ authority: base, grant: 'client_credentials', client: { id: `c${++clients}`, secret: 's', ...client } },
  ...more,
});

describe('grants', () => {
  it.each<[string, object, object]>([
    ['client_credentials', { scopes: ['a', 'b'], audiences: ['x'] }, { scope: 'a b', audience: 'x' }],
    ['password', { username: 'ewa', password: 'p' }, { username: 'ewa', password: 'p' }],
    ['refresh_token', { subject: { token: 'r', type: 't' } }, { refresh_token: 'r' }],
    [
      'urn:ietf:params:oauth:grant-type:token-exchange',
      { subject: { token: 's', type: 'jwt' }, actor: { token: 'a', type: 'jwt' } },
      { subject_token: 's', subject_token_type: 'jwt', actor_token: 'a', actor_token_type: 'jwt' },
    ],
  ])('should ask by %s', async (grant, more, fields) => {
    expect(await call({ oauth2: policy({ grant, ...more }) })).toMatchObject({ authorization: `Bearer t${given}` });
    expect(asked[0]).toMatchObject({ url: '/oauth2/token', fields: { grant_type: grant, ...fields } });
  });

  it('should tell that a code needs a person', async () => {
    const problem = await problemIn(call({ oauth2: policy({ grant: 'authorization_code' }) }));
    expect([errorName(problem.type), problem.retryable]).toEqual(['configuration', false]);
  });

  it('should find the endpoint as the policy or the discovery document says, and write JSON where asked', async () => {
    await call({ oauth2: policy({ endpoints: { token: '/own' }, request: { encoding: 'application/json' } }) });
    await call({ oidc: policy({}) });
    expect(asked.map(({ url, headers }) => [url, headers['content-type']])).toEqual([
      ['/own', 'application/json'],
      ['/discovered', 'application/x-www-form-urlencoded'],
    ]);
  });
});

describe('the client', () => {
  it('should tell who it is as the policy says', async () => {
    await call({ oauth2: policy({}, { authentication: 'client_secret_basic' }) });
    await call({ oauth2: policy({}, { authentication: 'client_secret_jwt' }) });
    await call({ oauth2: policy({}, { authentication: 'private_key_jwt', assertion: 'signed' }) });
    await call({ oauth2: policy({}, { authentication: 'none' }) });
    const [basic, secretJwt, keyJwt, none] = asked;
    expect(basic?.headers.authorization).toMatch(/^Basic /);
    expect(basic?.fields).not.toHaveProperty('client_secret');
    expect(secretJwt?.fields['client_assertion']).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(keyJwt?.fields).toMatchObject({ client_assertion: 'signed' });
    expect(none?.fields).toMatchObject({ client_id: `c${clients}` });
    expect(none?.fields).not.toHaveProperty('client_secret');
  });

  it('should be told apart when it is refused, or lacks its assertion', async () => {
    const refused = await problemIn(call({ oauth2: policy({}, { id: 'unknown' }) }));
    expect([errorName(refused.type), refused.status, refused.retryable]).toEqual(['authentication', 401, false]);
    expect(refused.detail).toContain('invalid_client (who?)');
    const missing = await problemIn(call({ oauth2: policy({}, { authentication: 'private_key_jwt' }) }));
    expect(errorName(missing.type)).toBe('configuration');
  });
});

describe('tokens', () => {
  it('should be fetched anew when the service no longer takes the kept one', async () => {
    const oauth2 = policy({});
    await call({ oauth2 });
    revoked.add(`Bearer t${given}`);
    expect(await call({ oauth2 })).toMatchObject({ authorization: `Bearer t${given}` });
    expect(asked).toHaveLength(2);
  });

  it('should stand where $authorization was used, and only inside the activity', async () => {
    const headers = { 'x-extra': `Token ${secretMark('tok', AUTHORIZATION)}` };
    expect(await call({ bearer: { token: 'abc' } }, { headers })).toMatchObject({ extra: 'Token abc' });
    const output = await call({ oauth2: policy({}) }, { headers, output: 'response' });
    expect(output).toMatchObject({ content: { extra: `Token t${given}` }, request: { headers } });
  });
});

describe('bodies', () => {
  const bearer = { bearer: { token: 't' } };
  const sent = async (type: string, body: unknown) =>
    call(bearer, { method: 'post', headers: { 'content-type': type }, body }) as Promise<{ body: string }>;

  it('should repeat the field of a list in a form', async () => {
    const { body } = await sent('application/x-www-form-urlencoded', { a: [1, 2], b: { c: 'd' }, e: null });
    expect(body).toBe('a=1&a=2&b=%7B%22c%22%3A%22d%22%7D');
  });

  it('should write a form in parts', async () => {
    const { body } = await sent('multipart/form-data', { a: 'zażółć', b: [1] });
    expect(body).toMatch(/name="a"\r\n\r\nzażółć\r\n[^]*name="b"\r\n\r\n1\r\n/);
  });

  it('should send texts as they are', async () => {
    expect((await sent('application/xml', '<a/>')).body).toBe('<a/>');
  });
});
