import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callDeps, perform, problemIn } from '../../tests/support/calls.ts';
import { errorName, ProblemError } from '../../core/model/problem.ts';
import { createEgress, isPlaintext } from './egress.ts';
import { createCallActivities } from './index.ts';

describe('createEgress', () => {
  const verdict = async (hosts: string[] | undefined, address: string): Promise<string> => {
    try {
      await createEgress({ hosts }).admit(new URL(address));
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
    ['this machine', undefined, 'http://127.0.0.1:7233/', 'authorization'],
    ['this machine by its name alone', ['127.0.0.1'], 'http://127.0.0.1:7233/', 'authorization'],
    ['this machine with its port', ['127.0.0.1:9000'], 'http://127.0.0.1:9000/', 'allowed'],
    ['this machine without an address', undefined, 'http://0.0.0.0:7233/', 'authorization'],
    ['this machine in IPv6', undefined, 'http://[::1]:7233/', 'authorization'],
    ['private networks', undefined, 'http://10.1.2.3/', 'authorization'],
    ['private networks of IPv6', undefined, 'http://[fd12::1]/', 'authorization'],
    ['addresses of a carrier', undefined, 'http://100.64.0.1/', 'authorization'],
    ['a private address that is named', ['10.1.2.3'], 'http://10.1.2.3/', 'allowed'],
    ['Azure’s own', undefined, 'http://168.63.129.16/', 'authorization'],
    ['Alibaba’s own, named by a pattern', ['*.100.200'], 'http://100.100.100.200/', 'authorization'],
    ['Google’s own by name', ['*.google.internal'], 'http://metadata.google.internal/', 'authorization'],
    ['Tencent’s own by name', undefined, 'http://metadata.tencentyun.com./', 'authorization'],
    ['NAT64 of what is closed', undefined, 'http://[64:ff9b::a9fe:a9fe]/', 'authorization'],
    ['NAT64 of what is open', undefined, 'http://[64:ff9b::808:808]/', 'allowed'],
    ['NAT64 of local use', undefined, 'http://[64:ff9b:1::7f00:1]/', 'authorization'],
    ['6to4', undefined, 'http://[2002:7f00:1::]/', 'authorization'],
    ['Teredo', undefined, 'http://[2001:0:1::80ff:fffe]/', 'authorization'],
    ['IPv4-compatible addresses', undefined, 'http://[::127.0.0.1]/', 'authorization'],
    ['IPv4-translated addresses', undefined, 'http://[::ffff:0:127.0.0.1]/', 'authorization'],
    ['ISATAP', undefined, 'http://[2a00::5efe:7f00:1]/', 'authorization'],
    ['multicast', undefined, 'http://224.0.0.1/', 'authorization'],
  ])('should judge: %s', async (_, hosts, address, expected) => {
    expect(await verdict(hosts, address)).toBe(expected);
  });

  it('should be wider for the department that names a host', async () => {
    const also = createEgress({ hosts: ['api.example'], also: ['10.1.2.3'] });
    await expect(also.admit(new URL('http://10.1.2.3/'))).resolves.toBeUndefined();
    await expect(also.admit(new URL('http://10.1.2.4/'))).rejects.toThrow('not allowed here');
  });
});

describe('the installation’s own services', () => {
  const TEMPORAL = { what: 'Temporal', host: 'temporal', port: 7233 };
  const MAIL = { what: 'the mail server', host: 'mail.example', port: 25, opensWhenNamed: true };
  const SERVER = { what: 'the server', host: '0.0.0.0', port: 8480 };
  const PAGES = { what: 'the server', host: 'zaplecze.example', port: 443, byNameAlone: true };
  const names: Record<string, string> = { temporal: '10.9.9.9', 'mail.example': '203.0.114.1', trick: '10.9.9.9' };
  const lookup = (host: string) => Promise.resolve([{ address: names[host] ?? '127.0.0.1', family: 4 }]);
  const everything = [
    'temporal',
    'trick',
    '*.example',
    '10.9.9.9',
    '[::ffff:a09:909]',
    'localhost:8480',
    '127.0.0.1:8480',
  ];
  const egress = (hosts = everything) => createEgress({ hosts, own: [TEMPORAL, MAIL, SERVER, PAGES] }, lookup);
  const connected = (host: string, port: number, hosts?: string[]): Promise<string> =>
    new Promise((done) =>
      egress(hosts).lookup(port)(host, { all: true }, (error) => done(error?.message ?? 'connected')),
    );

  it.each([
    'http://temporal:7233/',
    'http://10.9.9.9:7233/',
    'http://[::ffff:10.9.9.9]:7233/',
    'http://127.0.0.1:8480/',
    'https://zaplecze.example/',
  ])('should be out of reach though they are named: %s', async (address) => {
    await expect(egress().admit(new URL(address))).rejects.toThrow('belongs to this installation');
  });

  it('should be out of reach by another name', async () => {
    expect(await connected('trick', 7233)).toContain('belongs to this installation (Temporal)');
    expect(await connected('trick', 80)).toBe('connected');
    expect(await connected('localhost', 8480)).toContain('belongs to this installation (the server)');
  });

  it('should let a mail server be reached by host and port alone', async () => {
    expect(await connected('mail.example', 25)).toContain('the mail server');
    expect(await connected('mail.example', 25, ['mail.example:25'])).toBe('connected');
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

  const activities = () =>
    createCallActivities(callDeps({ egress: createEgress({ hosts: [`127.0.0.1:${port}`, `localhost:${port}`] }) }));
  const get = (path: string, more: object = {}): Promise<unknown> =>
    perform(activities()['call.http'], {
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
