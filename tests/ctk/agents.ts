import type { IncomingMessage, ServerResponse } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

/** A service that writes its answer itself. */
type Speaker = (request: IncomingMessage, response: ServerResponse, body: string, path: string) => Promise<void> | void;

const json = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const stream = (response: ServerResponse, values: unknown[]): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`);
};

/** A server of the Model Context Protocol whose one tool adds. */
const tools: Speaker = async (request, response, body) => {
  const server = new McpServer({ name: 'tools', version: '1.0.0' });
  server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
    content: [{ type: 'text', text: String(a + b) }],
  }));
  const transport = new StreamableHTTPServerTransport({});
  await server.connect(transport);
  await transport.handleRequest(request, response, body === '' ? undefined : JSON.parse(body));
};

const Rpc = z.object({ id: z.unknown(), method: z.string(), params: z.unknown() });

/** An agent that repeats what it is told, counts to two in streams, and knows no tasks. */
const agent: Speaker = (_, response, body) => {
  const { id, method, params } = Rpc.parse(JSON.parse(body));
  const answer = (value: object) => ({ jsonrpc: '2.0', id, ...value });
  if (method.startsWith('tasks/')) return json(response, answer({ error: { code: -32_001, message: 'no such task' } }));
  if (method !== 'message/stream') return json(response, answer({ result: params }));
  stream(response, [answer({ result: { n: 1 } }), answer({ result: { n: 2 } })]);
  return void response.end();
};

const ASYNC_API = {
  asyncapi: '3.0.0',
  servers: { main: { host: 'events.example', protocol: 'https' } },
  channels: { greetings: { address: 'greetings' }, numbers: { address: 'numbers' } },
  operations: {
    greet: { action: 'send', channel: { $ref: '#/channels/greetings' } },
    numbers: { action: 'receive', channel: { $ref: '#/channels/numbers' } },
  },
};

/** A service of events: takes greetings, and counts. */
const events: Speaker = (request, response, body, path) => {
  if (path === '/asyncapi.json') return json(response, ASYNC_API);
  if (path === '/numbers') return stream(response, [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  return json(response, { payload: JSON.parse(body), foo: request.headers['foo'] });
};

export const SPEAKERS: Record<string, Speaker> = {
  'tools.example': tools,
  'agent.example': agent,
  'events.example': events,
};
