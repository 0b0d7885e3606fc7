import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callDeps, perform, problemIn } from '../../tests/support/calls.ts';
import { errorName, ProblemError } from '../../core/model/problem.ts';
import { createEgress, isPlaintext } from './egress.ts';
import { createCallActivities } from './index.ts';

describe('createEgress', () => {
  const verdict = (hosts: string[] | undefined, address: string): string => {
    try {
      createEgress(hosts).admit(new URL(address));
      return 'allowed';
    } catch (error) {
      return error instanceof ProblemError ? errorName(error.problem.type) : String(error);
    }
  };

  it.each<[string, string[] | undefined, string, string]>([
    ['any host without a list', undefined, 'https://api.example/', 'allowed'],
    ['link-local addresses', undefined, 'http://169.254.169.254/latest/', 'authorization'],
    ['link-local addresses of IPv6', undefined, 'http://[fe80::1]/', 'authorization'],
    ['those of IPv4 in the clothes of IPv6', undefined, 'http://[::ffff:169.254.169.254]/', 'authorization'],
    ['those of IPv4 as one number', undefined, 'http://2852039166/', 'authorization'],
    ['those that a list names', ['169.254.7.7'], 'http://169.254.7.7/', 'allowed'],
    ['those that a list does not spell out', ['*.7.7'], 'http://169.254.7.7/', 'authorization'],
    ['what the list names', ['api.example'], 'https://api.example/x', 'allowed'],
    ['what it does not name', ['api.example'], 'https://api.example.evil/', 'authorization'],
    ['hosts below a name', ['*.example'], 'https://a.b.example/', 'allowed'],
    ['not the name itself', ['*.example'], 'https://example/', 'authorization'],
    ['a port', ['api.example:8443'], 'https://api.example:8443/', 'allowed'],
    ['no other port', ['api.example:8443'], 'https://api.example/', 'authorization'],
    ['the usual port', ['api.example:443'], 'https://api.example/', 'allowed'],
    ['everything but an empty list', [], 'https://api.example/', 'authorization'],
  ])('should judge: %s', (_, hosts, address, expected) => {
    expect(verdict(hosts, address)).toBe(expected);
  });
});

describe('isPlaintext', () => {
  it('should be this machine and what the operator names', () => {
    expect(isPlaintext(new URL('https://localhost:50051'), [])).toBe(true);
    expect(isPlaintext(new URL('https://orders.internal:50051'), [])).toBe(false);
    expect(isPlaintext(new URL('https://orders.internal:50051'), ['*.internal'])).toBe(true);
  });
});

describe('a redirection', () => {
  let server: Server;
  let port = 0;
  const seen: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      seen.push(`${request.method} ${url.pathname} ${request.headers.authorization ?? '-'}`);
      if (url.pathname === '/circle') return response.writeHead(302, { location: '/circle' }).end();
      if (url.pathname === '/end') return response.end();
      const status = Number(url.searchParams.get('status') ?? 302);
      return response.writeHead(status, { location: url.searchParams.get('to') ?? '/end' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  const activities = createCallActivities(callDeps({ egress: createEgress(['127.0.0.1', 'localhost']) }));
  const get = (path: string, more: object = {}): Promise<unknown> =>
    perform(activities['call.http'], {
      method: 'get',
      endpoint: { uri: `http://127.0.0.1:${port}${path}`, authentication: { bearer: { token: 't' } } },
      redirect: true,
      ...more,
    }).result;

  it('should go nowhere that the operator does not allow', async () => {
    const problem = await problemIn(get('/go?to=http://169.254.169.254/'));
    expect([errorName(problem.type), problem.retryable]).toEqual(['authorization', false]);
  });

  it('should not leave HTTP', async () => {
    expect(errorName((await problemIn(get('/go?to=file:///etc/passwd'))).type)).toBe('configuration');
  });

  it('should keep credentials for their origin', async () => {
    seen.length = 0;
    await get('/go');
    await get(`/go?to=http://localhost:${port}/end`);
    expect(seen.filter((line) => line.includes('/end'))).toEqual(['GET /end Bearer t', 'GET /end -']);
  });

  it('should end a circle', async () => {
    seen.length = 0;
    expect(await get('/circle')).toBeNull();
    expect(seen).toHaveLength(21);
  });

  it.each([
    [302, 'GET'],
    [303, 'GET'],
    [307, 'POST'],
    [308, 'POST'],
  ])('should follow a POST after %i by %s', async (status, method) => {
    seen.length = 0;
    await get(`/go?status=${status}`, { method: 'post', body: { a: 1 } });
    expect(seen.at(-1)).toBe(`${method} /end Bearer t`);
  });
});
