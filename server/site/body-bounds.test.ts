import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { settings } from '../../tests/support/approvals.ts';
import { boundBodies } from './body-bounds.ts';
import type { Env, Site } from './context.ts';

const KILOBYTE = 1024;
let read = 0;
const site = {
  settings,
  clock: () => new Date(),
  asset: (name: string) => name,
  log: () => undefined,
} as unknown as Site;
const app = new Hono<Env>();
app.use(boundBodies(site));
app.post('*', async (c) => {
  read += (await c.req.arrayBuffer()).byteLength;
  return c.text('taken');
});

/** A body whose length nobody says beforehand, counted as it is pulled. */
function endless(pulled: { bytes: number }): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      pulled.bytes += 64 * KILOBYTE;
      if (pulled.bytes > 100 * 1024 * KILOBYTE) return controller.close();
      controller.enqueue(new Uint8Array(64 * KILOBYTE));
    },
  });
}

it.each([
  ['/sign-in', 64 * KILOBYTE, 200],
  ['/sign-in', 65 * KILOBYTE, 413],
  ['/first/abc', 65 * KILOBYTE, 413],
  ['/people', 65 * KILOBYTE, 413],
  ['/substitutes', 65 * KILOBYTE, 413],
  ['/nowhere', 65 * KILOBYTE, 413],
  ['/a/token', 512 * KILOBYTE, 200],
  ['/a/token', 513 * KILOBYTE, 413],
  ['/definitions', 1024 * KILOBYTE, 200],
  ['/definitions', 8193 * KILOBYTE, 413],
])('should bound what is sent to %s: %i bytes', async (path, bytes, status) => {
  const headers = { 'content-length': String(bytes) };
  const response = await app.request(path, { method: 'POST', body: new Uint8Array(bytes), headers });
  expect(response.status).toBe(status);
});

it('should not read on once a body without a length is too large', async () => {
  const pulled = { bytes: 0 };
  read = 0;
  const init = { method: 'POST', body: endless(pulled), duplex: 'half', headers: { 'transfer-encoding': 'chunked' } };
  expect((await app.request('/sign-in', init)).status).toBe(413);
  expect(pulled.bytes).toBeLessThan(1024 * KILOBYTE);
  expect(read).toBe(0);
});
