import { randomUUID } from 'node:crypto';
import { link, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LOCK_BEAT_MS, LOCK_POLL_MS, LOCK_STALE_MS, LOCK_WAIT_MS } from './limits.ts';
import { inUse } from './problems.ts';

const Holder = z.object({ token: z.string(), host: z.string(), pid: z.number().int() });
type Holder = z.infer<typeof Holder>;

/**
 * Runs `work` while no other process, on this machine or another that shares the folder, runs work on the same path.
 * The lock is a file beside it, made by link(2), hence whole or absent. A lock whose process is gone, or that nobody
 * has touched for a minute, is removed. Throws `in use` (retryable) when the wait is too long.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitMs = LOCK_WAIT_MS): Promise<T> {
  const lock = `${path}.lock`;
  const token = randomUUID();
  const deadline = Date.now() + waitMs;
  while (!(await take(lock, token))) {
    const holder = await removeIfStale(lock);
    if (Date.now() > deadline)
      throw inUse(path, holder ? `process ${holder.pid} on ${holder.host}` : 'another process');
    await sleep(LOCK_POLL_MS * (0.5 + Math.random()));
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, LOCK_BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await read(lock))?.token === token) await unlink(lock).catch(() => undefined);
  }
}

async function take(lock: string, token: string): Promise<boolean> {
  const draft = `${lock}.${token}`;
  const holder: Holder = { token, host: hostname(), pid: process.pid };
  try {
    await writeFile(draft, JSON.stringify(holder), { flag: 'wx' });
    await link(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/**
 * Removes a lock whose holder is dead; answers the holder that is left. Only one process at a time may do so, or the
 * second would remove the new lock that follows the first removal: hence a lock for removing, gone within moments.
 */
async function removeIfStale(lock: string): Promise<Holder | undefined> {
  const holder = await read(lock);
  if (holder === undefined || !(await isStale(lock, holder))) return holder;
  const removal = `${lock}.removal`;
  if (!(await take(removal, randomUUID()))) {
    if (await isOlderThan(removal, LOCK_STALE_MS)) await unlink(removal).catch(() => undefined);
    return holder;
  }
  try {
    if ((await read(lock))?.token === holder.token) await unlink(lock);
  } finally {
    await unlink(removal).catch(() => undefined);
  }
  return undefined;
}

async function isStale(lock: string, holder: Holder): Promise<boolean> {
  if (holder.host === hostname()) return !isAlive(holder.pid);
  return isOlderThan(lock, LOCK_STALE_MS);
}

async function isOlderThan(path: string, ms: number): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > ms;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return codeOf(error) === 'EPERM';
  }
}

async function read(lock: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(lock, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
