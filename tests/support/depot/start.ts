import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOTP } from 'otpauth';
import { parse } from 'csv-parse/sync';
import type { Depot } from './model.ts';
import * as pages from './pages.ts';
import type { Fields } from './pages.ts';

export const DEPOT_USER = { user: 'bot', password: 'palette', totp: 'JBSWY3DPEHPK3PXP' };
const PRICES = 'Cennik na dzień;01.11.2026\r\nIndeks;Nazwa;Cena\r\nA-1;Śruba "M6";1 234,50\r\nB-2;Żarówka;0,99\r\n';

export async function startDepot(): Promise<Depot> {
  const sessions = new Set<string>();
  const depot: Depot = {
    url: '',
    suppliers: ['Młyn Łódź', 'Stal Nowak'],
    receipts: [],
    imports: [],
    logins: 0,
    reportFails: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    answer(depot, sessions, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  depot.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return depot;
}

async function answer(depot: Depot, sessions: Set<string>, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://depot');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const fields = Object.fromEntries(new URLSearchParams(body.toString('latin1')));
  const html = (text: string): void =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
  const session = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  if (url.pathname === '/') return html(pages.frames());
  if (url.pathname === '/login') return signOn(depot, sessions, pages.rolesOf(fields), response);
  if (!sessions.has(session)) return html(url.pathname === '/menu' ? '' : pages.login(''));
  const roles = pages.rolesOf(fields);
  switch (url.pathname) {
    case '/menu':
      return html(pages.menu());
    case '/receipt':
      return html(enter(depot, fields, roles));
    case '/suppliers':
      return html(pages.suppliers(depot, url.searchParams.get('field') ?? '', url.searchParams.get('q') ?? ''));
    case '/receipts':
      return html(pages.receipts(depot, roles['note'] ?? ''));
    case '/prices':
      return html(pages.prices());
    case '/prices.csv':
      return report(depot, response, html);
    case '/imports':
      if (request.method === 'POST') importFile(depot, body);
      return html(pages.imports(depot));
    default:
      return html(pages.welcome(DEPOT_USER.user));
  }
}

function signOn(depot: Depot, sessions: Set<string>, roles: Fields, response: ServerResponse): void {
  const code = new TOTP({ secret: DEPOT_USER.totp }).validate({ token: roles['code'] ?? '', window: 1 });
  const right = roles['user'] === DEPOT_USER.user && roles['password'] === DEPOT_USER.password && code !== null;
  if (!right) return void response.writeHead(200, { 'content-type': 'text/html' }).end(pages.login('Sign on failed'));
  const session = randomUUID();
  sessions.add(session);
  depot.logins += 1;
  response.writeHead(302, { location: '/', 'set-cookie': `sid=${session}; Path=/; HttpOnly` }).end();
}

function enter(depot: Depot, fields: Fields, roles: Fields): string {
  if (fields['do'] === undefined) return pages.receipt({}, []);
  const lines = JSON.parse(decodeURIComponent(fields['lines'] ?? '[]')) as Fields[];
  const { supplier = '', note = '', received = '', item = '', quantity = '' } = roles;
  if (fields['do'] === 'Add line') return pages.receipt(roles, [...lines, { item, quantity }]);
  if (!/^\d\d\/\d\d\/\d\d$/.test(received)) return pages.receipt(roles, lines, 'Date must be mm/dd/yy');
  depot.receipts.push({ number: `R-${depot.receipts.length + 1}`, supplier, note, received, lines });
  return pages.receipt({}, []);
}

function report(depot: Depot, response: ServerResponse, html: (text: string) => void): void {
  if (depot.reportFails) return html('<html><body><h1>Report server is busy</h1>Try again later.</body></html>');
  if (depot.printed) {
    const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename=cennik.pdf' };
    return void response.writeHead(200, headers).end(depot.printed);
  }
  const decoder = new TextDecoder('windows-1250');
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const headers = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename=cennik.csv' };
  response.writeHead(200, headers).end(Buffer.from(Array.from(PRICES, (character) => byteOf.get(character) ?? 63)));
}

/** Reads the one file of a multipart form, in the only encoding that this program knows. */
function importFile(depot: Depot, body: Buffer): void {
  const parts = body.toString('latin1').split(/--+[\w-]+\r\n/);
  const part = (name: string): string =>
    /\r\n\r\n([\s\S]*?)\r\n(?:--|$)/.exec(parts.find((one) => one.includes(`name="${name}"`)) ?? '')?.[1] ?? '';
  const text = new TextDecoder('windows-1250').decode(Buffer.from(part('file'), 'latin1'));
  depot.imports.push({ batch: part('batch'), rows: parse(text, { delimiter: ';', from_line: 2 }) });
}
