import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorName } from '../../../core/model/problem.ts';
import { callDeps, perform, problemIn } from '../../../tests/support/calls.ts';
import { createEgress } from '../egress.ts';
import { createCallActivities } from '../index.ts';
import { MAX_CONTENT_BYTES } from '../request.ts';

type Sent = {
  headers: IncomingMessage['headers'];
  body: { method?: string; id?: unknown; params?: { message?: object; protocolVersion?: string } };
};
const sent: Sent[] = [];

/** A server of the protocol on its own library. */
function mcpServer(): McpServer {
  const server = new McpServer({ name: 'tools', version: '1.0.0' });
  server.registerTool('add', { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
    content: [{ type: 'text', text: String(a + b) }],
  }));
  server.registerTool('fail', {}, () => ({ isError: true, content: [{ type: 'text', text: 'no such order' }] }));
  server.registerTool('flood', {}, () => ({ content: [{ type: 'text', text: 'x'.repeat(MAX_CONTENT_BYTES) }] }));
  server.registerTool('hang', {}, () => new Promise(() => undefined));
  return server;
}

/** An agent: echoes what it is sent, streams three results, refuses a task that it does not know. */
function agent({ method, id, params }: Sent['body'], response: ServerResponse): void {
  const answer = (value: object) => JSON.stringify({ jsonrpc: '2.0', id, ...value });
  const json = { 'content-type': 'application/json' };
  if (method === 'tasks/get')
    return void response.writeHead(200, json).end(answer({ error: { code: -32001, message: 'no task' } }));
  if (method === 'tasks/cancel') return void response.writeHead(200, json).end('<html>');
  if (method === 'tasks/list') return void response.writeHead(503).end();
  if (method !== 'message/stream') return void response.writeHead(200, json).end(answer({ result: params }));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const n of [1, 2, 3]) response.write(`data: ${answer({ result: { n } })}\n\n`);
  response.end();
}

async function answer(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
  const url = request.url ?? '';
  if (url.startsWith('/card')) {
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(CARDS[url]?.()));
  }
  const body = (text === '' ? {} : JSON.parse(text)) as Sent['body'];
  sent.push({ headers: request.headers, body });
  if (url === '/agent') return agent(body, response);
  if (url !== '/mcp') return void response.writeHead(404).end();
  const transport = new StreamableHTTPServerTransport({});
  await mcpServer().connect(transport);
  await transport.handleRequest(request, response, body);
}

let http: Server;
let base = '';
beforeAll(async () => {
  http = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => void answer(request, response, text));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
});
beforeEach(() => void sent.splice(0));

const CARDS: Record<string, () => object> = {
  '/card': () => ({ url: `${base}/agent` }),
  '/card-with-grpc': () => ({
    ...{ url: `${base}/grpc`, preferredTransport: 'GRPC' },
    additionalInterfaces: [{ url: `${base}/agent`, transport: 'JSONRPC' }],
  }),
  '/card-new': () => ({
    supportedInterfaces: [{ url: `${base}/agent`, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
  }),
};

const call = (name: string, args: object, more: object = {}): Promise<unknown> =>
  perform(createCallActivities(callDeps(more))[`call.${name}`], args).result;

describe('call.mcp over HTTP', () => {
  const mcp = (method: string, parameters?: object, more: object = {}, deps: object = {}): Promise<unknown> => {
    const endpoint = { uri: `${base}/mcp`, authentication: { bearer: { token: 't' } } };
    return call(
      'mcp',
      { method, parameters, transport: { http: { endpoint, headers: { 'x-a': 'b' } } }, ...more },
      deps,
    );
  };

  it('should call a tool, after it has introduced itself', async () => {
    const client = { name: 'books', version: '2.0.0' };
    const output = await mcp('tools/call', { name: 'add', arguments: { a: 1, b: 2 } }, { client });
    expect(output).toMatchObject({ content: [{ type: 'text', text: '3' }] });
    expect(sent[0]?.body).toMatchObject({
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', clientInfo: client },
    });
    expect(sent[0]?.headers).toMatchObject({ 'x-a': 'b', authorization: 'Bearer t' });
    expect(sent.map(({ body }) => body.method)).toContain('tools/call');
  });

  it('should list, and offer the version that the definition names', async () => {
    const { tools } = (await mcp('tools/list', undefined, { protocolVersion: '2025-03-26' })) as {
      tools: { name: string }[];
    };
    expect(tools.map(({ name }) => name)).toEqual(['add', 'fail', 'flood', 'hang']);
    expect(sent[0]?.body.params?.protocolVersion).toBe('2025-03-26');
  });

  it.each<[string, () => Promise<unknown>, string, string]>([
    ['a tool that fails', () => mcp('tools/call', { name: 'fail' }), 'runtime', 'no such order'],
    ['an unknown tool', () => mcp('tools/call', { name: 'none' }), 'runtime', 'none'],
    ['a method that the server lacks', () => mcp('prompts/list'), 'runtime', 'prompts/list'],
    [
      'a tool that takes too long',
      () => mcp('tools/call', { name: 'hang' }, { timeout: 'PT0.3S' }),
      'timeout',
      'tools/call',
    ],
    ['a flood', () => mcp('tools/call', { name: 'flood' }), 'communication', 'more than'],
    [
      'an unknown version',
      () => mcp('tools/list', undefined, { protocolVersion: '1999-01-01' }),
      'configuration',
      '1999-01-01',
    ],
    [
      'a host that is not allowed',
      () => mcp('tools/list', undefined, {}, { egress: createEgress({ hosts: [] }) }),
      'authorization',
      'calls.hosts',
    ],
    [
      'a closed port',
      () => call('mcp', { method: 'tools/list', transport: { http: { endpoint: { uri: 'http://127.0.0.1:1/' } } } }),
      'communication',
      'tools/list',
    ],
    [
      'a server that is none',
      () => call('mcp', { method: 'tools/list', transport: { http: { endpoint: { uri: `${base}/x` } } } }),
      'communication',
      'tools/list',
    ],
  ])('should tell %s', async (_, work, type, detail) => {
    const problem = await problemIn(work());
    expect(errorName(problem.type), problem.detail).toBe(type);
    expect(problem.detail).toContain(detail);
  });
});

describe('call.mcp over stdio', () => {
  const library = fileURLToPath(import.meta.resolve('@modelcontextprotocol/sdk/server/mcp.js'));
  const stdio = fileURLToPath(import.meta.resolve('@modelcontextprotocol/sdk/server/stdio.js'));
  const code = `
    const { McpServer } = await import(${JSON.stringify(library)});
    const { StdioServerTransport } = await import(${JSON.stringify(stdio)});
    const server = new McpServer({ name: 's', version: '1' });
    server.registerTool('env', {}, () => ({ content: [{ type: 'text', text: process.env.GREETING + ' ' + process.argv[1] }] }));
    await server.connect(new StdioServerTransport());`;
  const program = {
    command: process.execPath,
    arguments: ['--input-type=module', '-e', code, 'arg'],
    environment: { GREETING: 'Hello' },
  };
  const args = { method: 'tools/call', parameters: { name: 'env' }, transport: { stdio: program } };

  it('should be refused unless the operator allows it', async () => {
    expect(errorName((await problemIn(call('mcp', args))).type)).toBe('authorization');
  });

  it('should run the program with its arguments and environment', async () => {
    expect(await call('mcp', args, { allowsPrograms: true })).toMatchObject({ content: [{ text: 'Hello arg' }] });
  });
});

describe('call.a2a', () => {
  const message = { parts: [{ kind: 'text', text: 'Generate the report' }] };
  const a2a = (method: string, parameters: object, more?: object): Promise<unknown> =>
    call('a2a', { method, parameters, ...(more ?? { server: { uri: `${base}/agent` } }) });

  it('should send a message, with what the specification fills in, the same for every attempt', async () => {
    const output = await a2a('message/send', { message });
    expect(output).toEqual({
      message: { kind: 'message', role: 'user', messageId: expect.stringMatching(/^[\da-f-]{36}$/), ...message },
    });
    expect(await a2a('message/send', { message })).toEqual(output);
    expect(await a2a('message/send', { message: { ...message, role: 'agent', messageId: '7' } })).toMatchObject({
      message: { role: 'agent', messageId: '7' },
    });
  });

  it('should give all results of a stream in their order', async () => {
    expect(await a2a('message/stream', { message })).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it.each(['/card', '/card-with-grpc'])('should find the agent by its card: %s', async (card) => {
    const endpoint = { uri: `${base}${card}`, authentication: { bearer: { token: 't' } } };
    await a2a('message/send', { message }, { agentCard: { endpoint } });
    expect(sent[0]?.headers.authorization).toBe('Bearer t');
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['what the agent refuses', () => a2a('tasks/get', { id: '7' }), 'runtime'],
    ['what is not JSON-RPC', () => a2a('tasks/cancel', { id: '7' }), 'communication'],
    ['a server that is busy', () => a2a('tasks/list', {}), 'communication'],
    [
      'an agent of another version',
      () => a2a('tasks/get', {}, { agentCard: { endpoint: { uri: `${base}/card-new` } } }),
      'configuration',
    ],
    ['no agent', () => a2a('tasks/get', {}, {}), 'validation'],
  ])('should tell %s', async (_, work, type) => {
    const problem = await problemIn(work());
    expect(errorName(problem.type), problem.detail).toBe(type);
  });
});
