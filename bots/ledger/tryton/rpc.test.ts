import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrytonRpc } from './rpc.ts';

type Call = { method: string };
/** What the server does with a call after a good login. */
let answer: (response: ServerResponse) => void = () => undefined;
let logins = 0;
let server: Server;
let url = '';

const page = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
const send = (text: string, status = 200, headers: Record<string, string> = {}) => {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(text);
};

beforeAll(async () => {
  server = createServer((request, response) => {
    void json(request).then((call) => {
      const { method } = call as Call;
      if (method === 'common.db.login') {
        logins += 1;
        return send('{"result": [1, "token"]}')(response);
      }
      return method.endsWith('get_preferences') ? send('{"result": {}}')(response) : answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const read = () => new TrytonRpc({ url, user: 'bot', password: 'x' }, {}).read('party.party', [], ['name']);

describe('an answer of Tryton', () => {
  it('is read where it is well', async () => {
    answer = send('{"id": 3, "result": [{"id": 7, "name": "ż"}]}');
    expect(await read()).toEqual([{ id: 7, name: 'ż' }]);
  });

  it.each<[string, typeof answer, string, boolean, RegExp]>([
    ['a page of a proxy', send(page), 'communication', true, /not Tryton's JSON: <!DOCTYPE html>/],
    [
      'half an answer',
      send('{"id": 3, "result": [{"id": 7, "na'),
      'communication',
      true,
      /not Tryton's JSON: \{"id": 3/,
    ],
    ['nothing', send(''), 'communication', true, /not Tryton's JSON/],
    ['no result', send('{"id": 3}'), 'communication', true, /not Tryton's JSON: \{"id": 3\}/],
    ['a number', send('42'), 'communication', true, /not Tryton's JSON: 42/],
    ['a result that is not a list', send('{"result": "all well"}'), 'communication', true, /search_read .*all well/],
    ['a list of other things', send('{"result": [1, null]}'), 'communication', true, /search_read .*\[1,null\]/],
    ['bytes', send('\u0000\u0001\ufffd'), 'communication', true, /not Tryton's JSON/],
    ['more than fits', send(`"${'x'.repeat(5 * 1024 * 1024)}"`), 'communication', false, /larger than/],
    ['a page with 502', send(page, 502), 'communication', true, /HTTP 502/],
    ['a redirect', send('', 302, { location: 'http://else.invalid/' }), 'authorization', false, /leads elsewhere/],
    ['a refusal', send(page, 403), 'authorization', false, /HTTP 403/],
    ['a cut connection', (response) => void response.destroy(), 'communication', true, /cannot be reached/],
    [
      'an answer that breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"result": [', () => response.destroy());
      },
      'communication',
      true,
      /cannot be reached/,
    ],
    ['an error without a shape', send('{"error": 5}'), 'runtime', true, /Tryton failed in model\.party\.party/],
  ])('that is %s is a named problem', async (_, given, title, retryable, detail) => {
    answer = given;
    await expect(read()).rejects.toMatchObject({
      retryable,
      problem: { title, detail: expect.stringMatching(detail) },
    });
  });

  it('that ends each session is not asked for again and again', async () => {
    answer = send('', 401);
    logins = 0;
    await expect(read()).rejects.toMatchObject({ retryable: false, problem: { title: 'authentication' } });
    expect(logins).toBe(2);
  });
});
