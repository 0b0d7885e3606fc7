import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applicationException } from '../core/model/problem.ts';

/** The one folder that holds all state of an installation. `ZAPLECZE_HOME`, else `.zaplecze` in the working folder. */
export function homeDir(): string {
  return resolve(process.env.ZAPLECZE_HOME ?? '.zaplecze');
}

/**
 * Keeps a second process from opening the same state: PGlite is for one process only. The lock is a listening socket,
 * not a file with a process number: the kernel drops it with the process, also after SIGKILL.
 * @returns a function that gives the folder back
 */
export async function lockHome(dir: string): Promise<() => Promise<void>> {
  await mkdir(dir, { recursive: true });
  const path = socketPath(dir);
  const server = createServer();
  if (!(await listen(server, path))) {
    if (await answers(path)) {
      throw applicationException(
        'configuration',
        `another zaplecze process uses ${dir}. To fix: stop it first, or set ZAPLECZE_HOME to another folder`,
      );
    }
    await rm(path, { force: true });
    if (!(await listen(server, path))) {
      throw applicationException(
        'configuration',
        `the lock ${path} cannot be taken. To fix: remove that file and start again`,
      );
    }
  }
  return () => new Promise((done) => server.close(() => done()));
}

/** Socket paths are limited to some 100 bytes (sun_path, unix(7)): the folder stands in it by its hash. */
function socketPath(dir: string): string {
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 24);
  return process.platform === 'win32' ? `\\\\.\\pipe\\zaplecze-${name}` : join(tmpdir(), `zaplecze-${name}.sock`);
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((done) => {
    server.once('error', () => done(false));
    server.listen(path, () => done(true));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
