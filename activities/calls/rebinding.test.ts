import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { errorName } from '../../core/model/problem.ts';
import { callDeps, perform, problemIn } from '../../tests/support/calls.ts';
import { createEgress } from './egress.ts';
import { createFetch } from './fetch.ts';
import { createCallActivities } from './index.ts';

/** Where clouds hand out the credentials of the machine. */
const METADATA = '169.254.169.254';
const HERE = '127.0.0.1';

/** What the name stands for from one lookup to the next; the last answer stays. */
let answers: string[] = [];
let lookups: string[] = [];
const lookup = (host: string): Promise<LookupAddress[]> => {
  lookups.push(host);
  const [now = METADATA] = answers.length > 1 ? answers.splice(0, 1) : answers;
  return Promise.resolve(now.split(' ').map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
};

let server: Server;
let port = 0;
let reached = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    reached += 1;
    response.writeHead(200, { connection: 'close', 'content-type': 'application/json' }).end('{"from":"here"}');
  });
  new WebSocketServer({ server }).on('connection', (socket) => {
    reached += 1;
    socket.on('message', () => socket.close());
  });
  await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());
beforeEach(() => {
  answers = [];
  lookups = [];
  reached = 0;
});

/** The stand-in is on this machine, where calls go only by a name with its port. */
function activitiesFor(hosts?: string[]) {
  const egress = createEgress({ hosts, also: [`*.example:${port}`] }, lookup);
  return createCallActivities(callDeps({ egress, fetch: createFetch(egress), file: () => Promise.resolve(SOCKET) }));
}

const get = (hosts?: string[]): Promise<unknown> =>
  perform(activitiesFor(hosts)['call.http'], {
    method: 'get',
    endpoint: { uri: `http://api.example:${port}/` },
  }).result;

describe('a name that moves', () => {
  it('should be looked up once for a connection, which goes where that says', async () => {
    answers = [HERE, METADATA];
    expect(await get()).toEqual({ from: 'here' });
    expect(lookups, 'judged and connected to by one look').toEqual(['api.example']);
  });

  it.each([
    ['without a list', undefined],
    ['though the list names it', ['api.example']],
  ])('should not lead to the machine’s own credentials, %s', async (_, hosts) => {
    answers = [HERE, METADATA];
    await get(hosts);
    const again = activitiesFor(hosts)['call.http'];
    const uri = `http://api.example:${port}/`;
    const problem = await problemIn(perform(again, { method: 'get', endpoint: { uri } }).result);
    expect([errorName(problem.type), problem.retryable]).toEqual(['authorization', false]);
    expect(problem.detail).toContain('api.example leads to 169.254.169.254, which is a link-local');
    expect(reached).toBe(1);
  });

  it('should go on to the addresses that are left', async () => {
    answers = [`fe80::1%eth0 ${METADATA} ${HERE}`];
    expect(await get()).toEqual({ from: 'here' });
  });

  it('should not be followed by a redirection either', async () => {
    const hop = createServer((_, response) =>
      response.writeHead(302, { location: `http://metadata.example:${port}/` }).end(),
    );
    await new Promise<void>((resolve) => hop.listen(0, HERE, resolve));
    try {
      const hopPort = (hop.address() as AddressInfo).port;
      const uri = `http://${HERE}:${hopPort}/`;
      const hops = activitiesFor([`${HERE}:${hopPort}`]);
      const call = perform(hops['call.http'], { method: 'get', endpoint: { uri }, redirect: true });
      expect(errorName((await problemIn(call.result)).type)).toBe('authorization');
    } finally {
      hop.close();
    }
  });

  it('should not lead a WebSocket there', async () => {
    answers = [HERE, METADATA];
    const activities = activitiesFor();
    const publish = () =>
      perform(activities['call.asyncapi'], {
        document: { endpoint: { uri: 'resources/socket.json' } },
        operation: 'send',
        server: { name: 'socket', variables: { port: String(port) } },
        message: { payload: 'hello' },
      }).result;
    expect(await publish()).toBeNull();
    expect(reached).toBe(1);
    const problem = await problemIn(publish());
    expect([errorName(problem.type), problem.retryable]).toEqual(['authorization', false]);
    expect(reached).toBe(1);
  });
});

const SOCKET = JSON.stringify({
  asyncapi: '3.0.0',
  info: { title: 'Socket', version: '1' },
  servers: { socket: { host: 'api.example:{port}', protocol: 'ws', variables: { port: {} } } },
  channels: { all: { address: '/', messages: { text: { payload: { type: 'string' } } } } },
  operations: { send: { action: 'receive', channel: { $ref: '#/channels/all' } } },
});
