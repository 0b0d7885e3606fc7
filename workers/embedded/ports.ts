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

/** A port of the loopback interface that is free now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
