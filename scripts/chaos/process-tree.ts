import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Pause between two looks into /proc. */
const LOOK_MS = 50;

/** One line of /proc/PID/stat (proc(5)): the command is in brackets and may itself hold brackets and blanks. */
async function statOf(pid: number): Promise<{ state: string; parent: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const [state, parent] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined ? undefined : { state, parent: Number(parent) };
}

/** The process and everything below it, parents before children. Linux only. */
export async function processTree(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? await statOf(pid) : undefined;
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
  }
  const tree = (await isAlive(root)) ? [root] : [];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** True while the process runs; one that is dead and only not buried yet does not. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** `kill -9` of the process and everything below it, as when the power goes. Resolves when all are dead. */
export async function killTree(root: number): Promise<number[]> {
  const tree = await processTree(root);
  for (const pid of tree) kill(pid);
  await waitUntilDead(tree);
  return tree;
}

/** Resolves with those that are still alive after `limitMs`; best none. */
export async function waitUntilDead(pids: readonly number[], limitMs = 10_000): Promise<number[]> {
  let alive = [...pids];
  for (const until = Date.now() + limitMs; ; await sleep(LOOK_MS)) {
    const states = await Promise.all(alive.map(isAlive));
    alive = alive.filter((_, n) => states[n]);
    if (alive.length === 0 || Date.now() > until) return alive;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has died with its parent.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
