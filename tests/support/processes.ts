import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './temporal.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Bundling the workflow code and the first connections take some seconds on a busy machine. */
const START_LIMIT_MS = 60_000;
/** A process that was asked to end gets as long as a worker gives its activities, and a little more. */
const STOP_LIMIT_MS = 20_000;

/** One process of an installation, as docker-compose.yml runs it. */
export type ZapleczeProcess = {
  name: string;
  /** Everything it wrote so far. */
  log(): string;
  /** SIGKILL: no farewell. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and SIGKILL where that does not help. */
  stop(): Promise<void>;
};

export type ProcessOptions = {
  /** Folder of its log. */
  dir: string;
  args: string[];
  env: Record<string, string>;
  /** What it prints when it is ready. */
  ready: string;
};

/** Starts `zaplecze ARGS` and waits until it says that it is ready. */
export async function startProcess(name: string, options: ProcessOptions): Promise<ZapleczeProcess> {
  const path = join(options.dir, `${name}.log`);
  const file = openSync(path, 'a');
  // Nothing of the test runner's own environment: a container has none of it either.
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['cli/main.ts', ...options.args], {
    cwd: ROOT,
    env: { PATH, HOME, ...options.env },
    stdio: ['ignore', file, file],
  });
  // Should the test runner give up in the middle, nothing is left behind.
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      process.removeListener('exit', abandon);
      done();
    });
  });
  const log = () => readFileSync(path, 'utf8');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  const started: ZapleczeProcess = {
    name,
    log,
    kill: () => end('SIGKILL'),
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await end('SIGTERM');
      clearTimeout(timer);
    },
  };
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${log()}`);
    return Promise.resolve(log().includes(options.ready) || undefined);
  }, START_LIMIT_MS).catch(async (error: unknown) => {
    await started.kill();
    throw error;
  });
  return started;
}
