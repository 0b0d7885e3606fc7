import { spawn, type ChildProcess } from 'node:child_process';
import { applicationException } from '../../core/model/problem.ts';

/** What a process prints goes into the run's history, where Temporal takes 2 MB for one payload. */
const MAX_OUTPUT_BYTES = 512 * 1024;
/** A process that is told to end may tidy up for so long; then it is killed. */
const GRACE_MS = 2_000;
/** Where programs are looked for: the system's own folders, not what the worker happens to have in its environment. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A program with its arguments. Nothing of the worker's environment reaches it. */
export type Command = {
  file: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  stdin?: string | undefined;
  /** Folder that it runs in, and its HOME. */
  folder: string;
};

/** DSL "Process Result". A process that a signal ended has 128 and the signal's number, as shells count. */
export type ProcessResult = { code: number; stdout: string; stderr: string };

export type Bounds = {
  /** Aborted: the process and all that it started are ended. */
  signal: AbortSignal;
  deadlineMs: number;
};

/**
 * Runs a program to its end. Throws a problem of type `configuration` where it cannot be started, `timeout` past the
 * deadline, `runtime` where it prints too much.
 */
export async function runCommand(command: Command, { signal, deadlineMs }: Bounds): Promise<ProcessResult> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const tooMuch = new AbortController();
  const stop = AbortSignal.any([signal, deadline, tooMuch.signal]);
  const child = start(command);
  const end = (): void => endGroup(child);
  if (stop.aborted) end();
  stop.addEventListener('abort', end, { once: true });
  const closed = ended(child, command.file);
  const outputs = Promise.all([collect(child.stdout, tooMuch), collect(child.stderr, tooMuch)]);
  try {
    const code = await closed;
    const [stdout, stderr] = await outputs;
    signal.throwIfAborted();
    if (deadline.aborted) throw late(command.file, deadlineMs);
    if (tooMuch.signal.aborted) throw floods(command.file);
    return { code, stdout, stderr };
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** Starts a program and leaves it running, until its deadline. Resolves once it runs; what it prints is dropped. */
export async function startCommand(
  command: Command,
  { signal, deadlineMs }: Bounds,
): Promise<{ ended: Promise<void> }> {
  const child = start(command);
  const ending = ended(child, command.file);
  const timer = setTimeout(() => endGroup(child), deadlineMs);
  const over = ending.then(
    () => clearTimeout(timer),
    () => clearTimeout(timer),
  );
  child.stdout?.resume();
  child.stderr?.resume();
  await Promise.race([ending, new Promise((resolve) => child.once('spawn', resolve))]);
  signal.throwIfAborted();
  return { ended: over };
}

/** In a process group of its own, so that it ends with all that it started. */
function start({ file, args, env = {}, stdin, folder }: Command): ChildProcess {
  const child = spawn(file, args, { cwd: folder, env: { PATH, HOME: folder, ...env }, detached: true, stdio: 'pipe' });
  // A program that does not read its input closes it early: no fault of anybody.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin ?? '');
  return child;
}

function ended(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(applicationException('configuration', `${file} cannot be started: ${cause.message}`, { cause }));
    });
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? (SIGNALS[signal] ?? 0) : 0)));
  });
}

/** Numbers of the signals that end processes, by signal(7). */
const SIGNALS: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It has ended in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function collect(stream: NodeJS.ReadableStream | null, tooMuch: AbortController): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_OUTPUT_BYTES) tooMuch.abort();
    else chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function late(file: string, deadlineMs: number) {
  const detail = `${file} did not end within ${deadlineMs / 1000} seconds and was killed`;
  return applicationException('timeout', detail, { retryable: false });
}

function floods(file: string) {
  const detail = `${file} printed more than ${MAX_OUTPUT_BYTES} bytes and was killed. To fix: let it write to a file`;
  return applicationException('runtime', detail);
}
