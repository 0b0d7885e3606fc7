import { setTimeout as sleep } from 'node:timers/promises';
import { type DemoChild, startDemo } from './demo-child.ts';
import { waitUntilDead } from './process-tree.ts';

/** A kill falls between these after a start: into the start itself, into the reading, into the postings. */
const FIRST_MOMENT_MS = 1_000;
const LAST_MOMENT_MS = 30_000;
/** In so many of ten cases the demo alone is killed, and what it started is left behind. */
const ALONE_SHARE = 0.3;

type Say = (text: string) => void;

/**
 * Runs the demo to its end over up to `kills` kills. `random` gives numbers in [0, 1).
 * @returns the exit code of the last start, and processes of any start that are still there
 */
export async function runWithKills(
  { home, report }: { home: string; report: string },
  kills: number,
  random: () => number,
  say: Say,
): Promise<{ code: number | null; alive: number[] }> {
  const seen = new Set<number>();
  for (let kill = 1; kill <= kills; kill += 1) {
    const after = Math.round(FIRST_MOMENT_MS + random() * (LAST_MOMENT_MS - FIRST_MOMENT_MS));
    const alone = random() < ALONE_SHARE;
    const child = startDemo(home, report);
    const code = await Promise.race([child.ended, sleep(after, 'kill' as const)]);
    if (code !== 'kill') {
      say(`${code === 0 ? 'done' : `exit ${code}: ${child.output()}`} before kill ${kill}`);
      return { code, alive: await waitUntilDead([...seen]) };
    }
    for (const pid of await child.tree()) seen.add(pid);
    await (alone ? child.killAlone() : child.kill());
    say(`kill ${kill} after ${after} ms, ${alone ? 'the demo alone' : 'everything'}: ${lastLine(child)}`);
  }
  const last = startDemo(home, report);
  const code = await last.ended;
  say(code === 0 ? last.output().slice(last.output().lastIndexOf('MAIL')) : last.output());
  return { code, alive: await waitUntilDead([...seen]) };
}

const lastLine = (child: DemoChild): string => child.output().trimEnd().split('\n').at(-1) ?? '';
