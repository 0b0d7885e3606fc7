import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { HookSettings } from '../../core/settings/hooks.ts';
import { openStore, type Store } from '../../store/index.ts';
import { hookRoutes } from './routes.ts';

let home = '';
let store: Store;
let events: CloudEvent[] = [];
let runs: string[] = ['run-1'];
const app = new Hono();

const hmac = { secret: 'shop', header: 'X-Signature' };
const hooks = {
  orders: HookSettings.parse({ hmac, headers: ['X-Topic'], maxBytes: 100_000 }),
  byHeader: HookSettings.parse({ hmac, id: { header: 'X-Id' } }),
  byField: HookSettings.parse({ hmac, id: { jq: '.event.id' }, type: 'shop.order' }),
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hooks-'));
  store = await openStore({ dir: home });
  const deps = {
    hooks,
    artefacts: store.artefacts,
    publish: (event: CloudEvent) => {
      events.push(event);
      return Promise.resolve({ runs, signalled: [] });
    },
    secret: () => Promise.resolve('secret'),
    clock: () => new Date('2026-11-03T10:00:00Z'),
    log: () => undefined,
  };
  app.route('/hooks', hookRoutes(deps));
}, 30_000);
afterAll(async () => {
  await store.close();
  await rm(home, { recursive: true, force: true });
});
beforeEach(() => {
  [events, runs] = [[], ['run-1']];
});

/** Sends a signed request. */
async function send(path: string, body: Uint8Array | string, headers: Record<string, string> = {}) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signature = createHmac('sha256', 'secret').update(bytes).digest('hex');
  const request = { method: 'POST', body: Uint8Array.from(bytes), headers: { 'X-Signature': signature, ...headers } };
  const response = await app.request(path, request);
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const json = { 'content-type': 'application/json; charset=utf-8' };
const data = () => events[0]?.data as Record<string, unknown>;

it('should publish JSON with the raw body as a stored file', async () => {
  const text = '{ "order": "Z/7",  "name": "Łódź" }';
  const { status, answer } = await send('/hooks/orders?shop=a', text, { ...json, 'X-Topic': 'orders/create' });
  expect(status).toBe(202);
  expect(events[0]).toMatchObject({ type: 'webhook.received', source: 'hook/orders', id: answer['id'] });
  expect(data()).toMatchObject({
    hook: 'orders',
    query: { shop: 'a' },
    headers: { 'x-topic': 'orders/create' },
    body: { order: 'Z/7', name: 'Łódź' },
    files: [],
  });
  const { id } = data()['raw'] as { id: string };
  expect(new TextDecoder().decode((await store.artefacts.get(id)).bytes)).toBe(text);
});

it('should know a request again: by its body, a header, or a field', async () => {
  const ids = async (path: string, bodies: string[], headers: Record<string, string>[] = [{}, {}]) => {
    const [a, b] = [
      await send(path, bodies[0] ?? '', { ...json, ...headers[0] }),
      await send(path, bodies[1] ?? '', { ...json, ...headers[1] }),
    ];
    return a.answer['id'] === b.answer['id'];
  };
  expect(await ids('/hooks/orders', ['{"a":1}', '{"a":1}'])).toBe(true);
  expect(await ids('/hooks/orders', ['{"a":1}', '{"a":2}'])).toBe(false);
  expect(await ids('/hooks/byHeader', ['{"a":1}', '{"a":2}'], [{ 'X-Id': '7' }, { 'X-Id': '7' }])).toBe(true);
  expect(await ids('/hooks/byField', ['{"event":{"id":7},"n":1}', '{"event":{"id":7},"n":2}'])).toBe(true);
  expect(events.at(-1)).toMatchObject({ type: 'shop.order', id: '7' });
});

it('should take fields and files of a form', async () => {
  const form = new FormData();
  form.append('number', 'Z/7');
  form.append('tag', 'a');
  form.append('tag', 'b');
  form.append('invoice', new File(['%PDF-1.7 x'], '../../etc/fa.pdf', { type: 'text/html' }));
  const request = new Request('http://x', { method: 'POST', body: form });
  const type = request.headers.get('content-type') ?? '';
  const sent = await send('/hooks/orders', new Uint8Array(await request.arrayBuffer()), { 'content-type': type });
  expect(sent.status).toBe(202);
  expect(data()).toMatchObject({
    form: { number: 'Z/7', tag: ['a', 'b'] },
    files: [{ field: 'invoice', name: 'fa.pdf', mediaType: 'application/pdf', size: 10 }],
  });
  await send('/hooks/orders', 'a=1&b=%C5%82', { 'content-type': 'application/x-www-form-urlencoded' });
  expect(events[1]?.data).toMatchObject({ form: { a: '1', b: 'ł' } });
  await send('/hooks/orders', '<order/>', { 'content-type': 'text/xml' });
  expect(events[2]?.data).toMatchObject({ text: '<order/>' });
});

it.each<[number, string, string, string | Uint8Array, Record<string, string>?]>([
  [404, 'no such webhook', '/hooks/other', '{}'],
  [401, 'signature', '/hooks/orders', '{}', { 'X-Signature': 'ab' }],
  [400, 'is not', '/hooks/orders', '{"a":', json],
  [400, 'not in UTF-8', '/hooks/orders', Uint8Array.of(0x22, 0xb3, 0x22), json],
  [400, 'NUL', '/hooks/orders', '{"a":"\\u0000"}', json],
  [400, 'half a character', '/hooks/orders', '{"a":"\\ud800"}', json],
  [400, 'not', '/hooks/orders', 'x', { 'content-type': 'multipart/form-data; boundary=b' }],
  [400, 'gives no id', '/hooks/byField', '{"event":{}}', json],
  [400, 'gives no id', '/hooks/byHeader', '{}', json],
  [413, 'more than 100000 bytes', '/hooks/orders', 'x'.repeat(100_001)],
  [415, 'content coding gzip', '/hooks/orders', 'x', { 'content-encoding': 'gzip' }],
])('should answer %i (%s) and publish nothing', async (status, why, path, body, headers) => {
  const sent = await send(path, body, headers);
  expect([sent.status, sent.answer['detail']]).toEqual([status, expect.stringContaining(why)]);
  expect(events).toEqual([]);
});

it('should have the sender try again where no automation takes the event, and refuse other methods', async () => {
  runs = [];
  expect((await send('/hooks/orders', '{}', json)).status).toBe(503);
  expect((await app.request('/hooks/orders')).status).toBe(405);
});
