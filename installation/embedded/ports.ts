import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Takes a port of the loopback interface until the returned function lets it go; undefined where it is occupied. */
export function holdPort(port: number): Promise<(() => Promise<void>) | undefined> {
  return new Promise((done) => {
    const server = createServer();
    const letGo = () => new Promise<void>((closed) => server.close(() => closed()));
    server.once('error', () => done(undefined));
    server.listen(port, '127.0.0.1', () => done(letGo));
  });
}

/** True when nothing listens on this port of the loopback interface. */
export async function isPortFree(port: number): Promise<boolean> {
  const letGo = await holdPort(port);
  await letGo?.();
  return letGo !== undefined;
}

/**
 * Where free ports are looked for: above those of well-known services, and below those that Linux gives to outgoing
 * connections, which could take a port between the look and the use.
 */
const FREE = { from: 20_000, to: 32_000 };
/** So many are tried before something is wrong with the machine. */
const TRIES = 50;

/** A port of the loopback interface that is free now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(FREE.from, FREE.to);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no port between ${FREE.from} and ${FREE.to} is free`);
}
