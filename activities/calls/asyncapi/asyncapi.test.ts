import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Delivery } from '../../../core/model/delivery.ts';
import { errorName } from '../../../core/model/problem.ts';
import { callDeps, perform, problemIn } from '../../../tests/support/calls.ts';
import { createCallActivities } from '../index.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const eventStream = { 'content-type': 'text/event-stream' };
const received: {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}[] = [];
let connections = 0;

const HANDLERS: Record<string, Handler> = {
  '/v1/greetings': (_, response) =>
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":true}'),
  '/v1/events': (request, response) => {
    connections++;
    const from = Number(request.headers['last-event-id'] ?? 0);
    response.writeHead(200, eventStream);
    response.write(`: hello\nid: ${from + 1}\nevent: order\ndata: {"n":${from + 1}}\n\n`);
    // The first connection breaks in the middle of the second event.
    if (from === 0) return response.write('id: 2\ndata: {"n"', () => response.destroy());
    return response.write(`id: ${from + 2}\ndata: {"n":${from + 2}}\n\n`);
  },
  '/v1/lines': (_, response) =>
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"n":1}\n{"n":2}\nplain\n{"n":3}'),
  '/v1/closed': (_, response) => response.writeHead(403).end('no'),
};

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ method: request.method, url: request.url, headers: request.headers, body });
    const handler = HANDLERS[new URL(request.url ?? '/', 'http://x').pathname];
    if (handler) handler(request, response, body);
    else response.writeHead(404).end();
  });
});
const sockets = new WebSocketServer({
  server,
  verifyClient: ({ req }: { req: IncomingMessage }) => req.headers.authorization !== 'Bearer no',
});
sockets.on('connection', (socket, request) => {
  received.push({ url: request.url, headers: request.headers, body: '' });
  if (request.url === '/chat/room/7') for (const n of [1, 2, 3]) socket.send(JSON.stringify({ n, id: `c-${n}` }));
  if (request.url === '/chat/room/over') socket.close(1000);
  socket.on('message', (data: Buffer) => received.push({ headers: {}, body: data.toString() }));
});

let host = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of sockets.clients) socket.terminate();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void received.splice(0));

const version3 = () => ({
  asyncapi: '3.0.0',
  info: { title: 'Shop', version: '1.0.0' },
  servers: {
    queue: { host: 'broker.example', protocol: 'kafka' },
    web: {
      host,
      pathname: '/{version}',
      protocol: 'http',
      variables: { version: { default: 'v1', enum: ['v1', 'v2'] } },
    },
    chat: { host, pathname: '/chat', protocol: 'ws' },
  },
  channels: {
    greetings: { address: 'greetings', messages: { greet: { $ref: '#/components/messages/greet' } } },
    events: { address: 'events', servers: [{ $ref: '#/servers/web' }] },
    lines: { address: 'lines', servers: [{ $ref: '#/servers/web' }] },
    closed: { address: 'closed', servers: [{ $ref: '#/servers/web' }] },
    room: {
      address: 'room/{id}',
      servers: [{ $ref: '#/servers/chat' }],
      parameters: { id: { location: '$message.payload#/room' } },
      messages: { said: { correlationId: { location: '$message.payload#/id' } } },
    },
    nowhere: { address: null },
  },
  operations: {
    greet: { action: 'send', channel: { $ref: '#/channels/greetings' }, bindings: { http: { method: 'PUT' } } },
    events: { action: 'receive', channel: { $ref: '#/channels/events' } },
    lines: { action: 'receive', channel: { $ref: '#/channels/lines' } },
    closed: { action: 'receive', channel: { $ref: '#/channels/closed' } },
    room: { action: 'receive', channel: { $ref: '#/channels/room' } },
    nowhere: { action: 'receive', channel: { $ref: '#/channels/nowhere' } },
  },
  components: { messages: { greet: { contentType: 'application/vnd.greeting+json' } } },
});

const version2 = () => ({
  asyncapi: '2.6.0',
  servers: { web: { url: `http://${host}/v1`, protocol: 'http' }, bare: { url: host, protocol: 'ws' } },
  channels: {
    greetings: { publish: { message: { oneOf: [{ contentType: 'application/json' }] } } },
    lines: { subscribe: {}, servers: ['web'] },
    'chat/room/{id}': {
      subscribe: {},
      publish: {},
      servers: ['bare'],
      parameters: { id: { schema: { type: 'string' } } },
    },
  },
});

const FILES: Record<string, () => object> = { 'resources/3.json': version3, 'resources/2.json': version2 };
const delivered: Delivery[] = [];
const activities = createCallActivities(
  callDeps({
    file: (_, path) => Promise.resolve(path in FILES ? JSON.stringify(FILES[path]?.()) : undefined),
    deliver: (_, delivery) => Promise.resolve(void delivered.push(delivery)),
  }),
);
const start = (file: string, args: object) =>
  perform(activities['call.asyncapi'], { document: { endpoint: { uri: `resources/${file}.json` } }, ...args });
const call = (file: string, args: object): Promise<unknown> => start(file, args).result;

/** Listens until so many messages have come, then hangs up as the run would. */
async function listen(file: string, args: object, amount: number): Promise<Delivery['messages']> {
  delivered.length = 0;
  const { result, cancel } = start(file, { ...args, subscription: { key: 'k' } });
  const ended = result.then(
    () => 'ended',
    (error: Error) => error.name,
  );
  await expect.poll(() => delivered.flatMap(({ messages }) => messages).length, { timeout: 5_000 }).toBe(amount);
  cancel();
  expect(['ended', 'CancelledFailure']).toContain(await ended);
  return delivered.flatMap(({ messages }) => messages);
}

describe('publishing', () => {
  const message = { payload: { text: 'Hello' }, headers: { foo: 'bar' } };

  it('should send over HTTP as the document binds it, and give the answer', async () => {
    const authentication = { basic: { username: 'u', password: 'p' } };
    expect(await call('3', { operation: 'greet', message, authentication })).toEqual({ accepted: true });
    const [request] = received;
    expect(request).toMatchObject({ method: 'PUT', url: '/v1/greetings', body: '{"text":"Hello"}' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/vnd.greeting+json',
      'idempotency-key': 'key-1',
      foo: 'bar',
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    });
  });

  it('should send a frame over WebSocket, the headers with the handshake', async () => {
    const sent = { ...message, payload: { room: '8', text: 'Hello' } };
    expect(
      await call('3', { operation: 'room', message: sent, authentication: { bearer: { token: 't' } } }),
    ).toBeNull();
    await expect.poll(() => received.length).toBe(2);
    expect(received[0]).toMatchObject({ url: '/chat/room/8', headers: { authorization: 'Bearer t', foo: 'bar' } });
    expect(received[1]?.body).toBe('{"room":"8","text":"Hello"}');
  });

  it('should publish to a channel of AsyncAPI 2', async () => {
    await call('2', { channel: 'greetings', message });
    expect(received[0]).toMatchObject({ method: 'POST', url: '/v1/greetings', body: '{"text":"Hello"}' });
  });

  it('should pick the server by protocol, and fill its variables', async () => {
    const missing = problemIn(
      call('3', { operation: 'greet', message, server: { name: 'web', variables: { version: 'v2' } } }),
    );
    expect((await missing).status).toBe(404);
    expect(received[0]?.url).toBe('/v2/greetings');
    await call('3', { operation: 'greet', message, protocol: 'ws' });
    await expect.poll(() => received.at(-1)?.body).toBe('{"text":"Hello"}');
  });
});

describe('subscribing', () => {
  it('should take server-sent events, and go on where a connection broke', async () => {
    connections = 0;
    const messages = await listen('3', { operation: 'events' }, 3);
    expect(messages.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(messages[0]?.headers).toEqual({ event: 'order', id: '1' });
    expect(connections).toBe(2);
    expect(delivered.at(-1)?.after).toBe('3');
  });

  it('should take one JSON a line, until the answer ends', async () => {
    const messages = await listen('2', { channel: 'lines' }, 4);
    expect(messages.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }, 'plain', { n: 3 }]);
  });

  it('should take frames of a WebSocket, with their correlation', async () => {
    const server = { name: 'chat', variables: { id: '7' } };
    const messages = await listen('3', { operation: 'room', server }, 3);
    expect(messages[1]).toEqual({ payload: { n: 2, id: 'c-2' }, headers: {}, correlationId: 'c-2' });
  });

  it('should end when the server says that this is all', async () => {
    const args = {
      channel: 'chat/room/{id}',
      server: { name: 'bare', variables: { id: 'over' } },
      subscription: { key: 'k' },
    };
    expect(await call('2', args)).toBeNull();
  });
});

describe('faults', () => {
  const subscription = { key: 'k' };
  it.each<[string, string, object, string, string]>([
    ['an unknown operation', '3', { operation: 'grete' }, 'configuration', 'no operation "grete"; it has greet'],
    ['a channel where operations are', '3', { channel: 'greetings' }, 'configuration', 'name one under "operation"'],
    ['an operation where channels are', '2', { operation: 'greetings' }, 'configuration', 'name one under "channel"'],
    ['a side that the channel lacks', '2', { channel: 'greetings' }, 'configuration', 'no operation "subscribe"'],
    [
      'a protocol of brokers',
      '3',
      { operation: 'greet', protocol: 'amqp' },
      'configuration',
      'no server of the channel speaks amqp',
    ],
    ['a server of a broker', '3', { operation: 'greet', server: { name: 'queue' } }, 'configuration', 'speaks kafka'],
    ['an unknown server', '3', { operation: 'greet', server: { name: 'x' } }, 'configuration', 'no server "x"'],
    ['a missing variable', '3', { operation: 'room' }, 'configuration', 'needs "id"'],
    [
      'a forbidden value',
      '3',
      { operation: 'greet', server: { name: 'web', variables: { version: 'v9' } } },
      'configuration',
      'may be v1, v2',
    ],
    ['a channel without an address', '3', { operation: 'nowhere' }, 'configuration', 'no fixed address'],
    ['a file that is not there', '4', { operation: 'greet' }, 'configuration', 'no file resources/4.json'],
    ['a status', '3', { operation: 'closed' }, 'communication', '403'],
  ])('should tell %s', async (_, file, args, type, detail) => {
    const problem = await problemIn(call(file, { ...args, subscription }));
    expect([errorName(problem.type), problem.retryable], problem.detail).toEqual([type, false]);
    expect(problem.detail).toContain(detail);
  });

  it('should tell a refused handshake', async () => {
    const server = { name: 'chat', variables: { id: '7' } };
    const args = { operation: 'room', server, message: {}, authentication: { bearer: { token: 'no' } } };
    expect(await problemIn(call('3', args))).toMatchObject({ status: 401, retryable: false });
  });
});
