import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PID_FILE = 'temporal.pid';
/** Owner only. */
const PRIVATE = 0o600;
/** A server closes its file within this; one that hangs is killed. */
const TERM_LIMIT_MS = 10_000;
/** The kernel buries a killed process within this. */
const KILL_LIMIT_MS = 5_000;
/** Pause between two looks whether the process is still there. */
const LOOK_MS = 100;

/** File of the embedded Temporal server. Its path in a command line also tells whose server a process is. */
export const databaseOf = (home: string): string => join(home, 'temporal.db');

/** Notes which process serves the state in `home`. Synchronous: no crash fits between its start and this note. */
export function noteServer(home: string, pid: number | undefined): void {
  if (pid !== undefined) writeFileSync(join(home, PID_FILE), String(pid), { mode: PRIVATE });
}

/**
 * Ends a Temporal server that outlived its parent: after `kill -9` of this program alone it runs on, holds its port and
 * writes to the same file as the next one would. The caller holds the lock of `home`, so that whoever serves its file
 * is a leftover. A process number alone proves nothing, since numbers are given again: the process is ended only when
 * its command line names the file.
 * @returns the number of the process that was ended
 */
export async function endLeftover(home: string): Promise<number | undefined> {
  const path = join(home, PID_FILE);
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  const isOurs = async () => pid > 1 && (await argumentsOf(pid)).includes(databaseOf(home));
  const found = await isOurs();
  if (
    found &&
    !((await end(pid, 'SIGTERM', TERM_LIMIT_MS, isOurs)) || (await end(pid, 'SIGKILL', KILL_LIMIT_MS, isOurs)))
  )
    return undefined;
  await rm(path, { force: true });
  return found ? pid : undefined;
}

async function end(pid: number, signal: NodeJS.Signals, limitMs: number, isThere: () => Promise<boolean>) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  for (const until = Date.now() + limitMs; Date.now() < until; await sleep(LOOK_MS))
    if (!(await isThere())) return true;
  return false;
}

/** The words of a process's command line; none where there is no such process (or it is only not buried yet). */
async function argumentsOf(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0');
  }
  if (process.platform === 'win32') return [];
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.trim().split(' ');
}
