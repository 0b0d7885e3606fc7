import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isPortFree } from './ports.ts';

/** First port that Linux gives to outgoing connections, by default. */
const EPHEMERAL = 32_768;

it('gives a port that can be listened on, and that no outgoing connection takes meanwhile', async () => {
  const port = await freePort();
  expect(port).toBeLessThan(EPHEMERAL);
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  expect(await isPortFree(port)).toBe(false);
  await new Promise((done) => server.close(done));
  expect(await isPortFree(port)).toBe(true);
});
