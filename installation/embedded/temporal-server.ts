import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { applicationException } from '../../core/model/problem.ts';
import { databaseOf, endLeftover, noteServer } from './leftover.ts';
import { isPortFree } from './ports.ts';

/** The server is up within a second; on a busy machine it may take longer. */
const START_TIMEOUT_MS = 60_000;
/** Pause between two looks whether the server answers. */
const LOOK_MS = 200;
/** It gets this long to close its file before it is killed. */
const STOP_TIMEOUT_MS = 10_000;

/** Owner only; and the rights that nobody else gets. */
const PRIVATE = 0o600;
const OTHERS = 0o077;

export type TemporalServer = { address: string; uiUrl?: string; stop(): Promise<void> };

export type TemporalServerOptions = {
  executable: string;
  home: string;
  port: number;
  uiPort?: number;
  namespace?: string;
};

/**
 * Starts Temporal's development server on a file in the state folder, on loopback only. The poll rates shorten its
 * default latency of some 50 ms a task; WAL with synchronous=FULL keeps every acknowledged event over SIGKILL. A server
 * that an earlier process left behind on the same file is ended first: the caller holds the lock of the folder.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  await endLeftover(options.home);
  for (const port of [options.port, ...(options.uiPort === undefined ? [] : [options.uiPort])]) {
    if (await isPortFree(port)) continue;
    throw applicationException(
      'configuration',
      `port ${port} for Temporal is in use. To fix: stop the program that uses it, or choose another (--temporal-port or ZAPLECZE_TEMPORAL_PORT; for its pages --ui)`,
    );
  }
  const log = openSync(join(options.home, 'temporal.log'), 'a', PRIVATE);
  // In a group of its own: Ctrl-C in a terminal reaches the whole group, and the server has to outlive the workers.
  const child = asOwnerAlone(() =>
    spawn(options.executable, argumentsOf(options), { stdio: ['ignore', log, log], detached: true }),
  );
  noteServer(options.home, child.pid);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  // Should this process end in any way that runs exit handlers, the server must not be left behind.
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  const address = `127.0.0.1:${options.port}`;
  await waitUntilServing(address, child, join(options.home, 'temporal.log'));
  return {
    address,
    ...(options.uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${options.uiPort}` }),
    async stop() {
      process.removeListener('exit', kill);
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Files of a program that is started in here are its owner's alone: it inherits the mask of this moment (umask(2)). */
function asOwnerAlone<T>(start: () => T): T {
  const before = process.umask(OTHERS);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}

function argumentsOf(options: TemporalServerOptions): string[] {
  const ui =
    options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort), '--ui-ip', '127.0.0.1'];
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port), ...ui],
    ...['--db-filename', databaseOf(options.home), '--log-level', 'warn'],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
    ...['--namespace', options.namespace ?? 'default'],
    ...['--search-attribute', 'ZapleczeState=Keyword', '--search-attribute', 'ZapleczeDefinition=Keyword'],
    ...['transferProcessorMaxPollRPS', 'timerProcessorMaxPollRPS', 'visibilityProcessorMaxPollRPS'].flatMap((key) => [
      '--dynamic-config-value',
      `history.${key}=2000`,
    ]),
  ];
}

async function waitUntilServing(address: string, child: ReturnType<typeof spawn>, log: string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) {
      throw applicationException(
        'configuration',
        `the Temporal server ended with ${child.exitCode} at its start; see ${log}`,
      );
    }
    try {
      const connection = await Connection.connect({ address, connectTimeout: LOOK_MS * 5 });
      await connection.close();
      return;
    } catch {
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  }
  child.kill('SIGKILL');
  throw applicationException(
    'timeout',
    `the Temporal server did not answer within ${START_TIMEOUT_MS / 1000} s; see ${log}`,
  );
}
