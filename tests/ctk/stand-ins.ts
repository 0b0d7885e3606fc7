import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SPEAKERS } from './agents.ts';

/** Public services that conformance scenarios call, served here instead. Anything else is refused. */
const PETS = ['available', 'pending', 'sold'].map((status, i) => ({ id: i + 1, name: `pet ${i + 1}`, status }));

const path = (name: string, where: 'path' | 'query') => ({ name, in: where, required: true, type: 'string' });
const SWAGGER = {
  swagger: '2.0',
  host: 'petstore.swagger.io',
  basePath: '/v2',
  schemes: ['https', 'http'],
  paths: {
    '/pet/findByStatus': { get: { operationId: 'findPetsByStatus', parameters: [path('status', 'query')] } },
    '/pet/{petId}': { get: { operationId: 'getPetById', parameters: [path('petId', 'path')] } },
  },
};

type Answer = { status: number; body?: unknown };
type Service = (url: URL, request: IncomingMessage) => Answer;

const petStore: Service = ({ pathname, searchParams }) => {
  if (pathname === '/v2/swagger.json') return { status: 200, body: SWAGGER };
  if (pathname === '/v2/pet/findByStatus') {
    return { status: 200, body: PETS.filter((pet) => pet.status === searchParams.get('status')) };
  }
  const pet = PETS.find(({ id }) => pathname === `/v2/pet/${id}`);
  return pet ? { status: 200, body: pet } : { status: 404, body: { message: 'Pet not found' } };
};

/** `/basic-auth/user/password` lets in whom its own path names; `/status/N` answers with it. */
const httpBin: Service = ({ pathname }, { headers }) => {
  const [, kind, first = '', second] = pathname.split('/');
  if (kind === 'status') return { status: Number(first) };
  const expected = `Basic ${Buffer.from(`${first}:${second}`).toString('base64')}`;
  const authenticated = kind === 'basic-auth' && headers.authorization === expected;
  return authenticated ? { status: 200, body: { authenticated, user: first } } : { status: 401 };
};

const SERVICES: Record<string, Service> = { 'petstore.swagger.io': petStore, 'httpbin.org': httpBin };
const HOST_HEADER = 'x-stand-in-for';

export type StandIns = { fetch: typeof fetch; close: () => void };

/** Starts the stand-ins on loopback. Their `fetch` sends requests for the public services to them, and no other out. */
export async function startStandIns(): Promise<StandIns> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { fetch: mapped(port), close: () => closeNow(server) };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const host = String(request.headers[HOST_HEADER]);
  const speaker = SPEAKERS[host];
  if (speaker) return speak(speaker, request, response);
  const url = new URL(request.url ?? '/', `http://${host}`);
  const { status, body } = SERVICES[host]?.(url, request) ?? { status: 502 };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

function speak(speaker: (typeof SPEAKERS)[string], request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => void speaker(request, response, body, request.url ?? '/'));
}

function mapped(port: number): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!(url.hostname in SERVICES) && !(url.hostname in SPEAKERS))
      return Promise.reject(new Error(`no stand-in for ${url.hostname}`));
    const headers = new Headers(init?.headers);
    headers.set(HOST_HEADER, url.hostname);
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers });
  };
}

function closeNow(server: Server): void {
  server.close();
  server.closeAllConnections();
}
