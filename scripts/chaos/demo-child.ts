import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../run.ts';
import { killTree, processTree } from './process-tree.ts';

/** Pause between two looks at the output. */
const LOOK_MS = 50;

export type DemoChild = {
  /** Everything it has said so far, on both streams. */
  output(): string;
  /** Resolves true once the output is as wanted, false when it ended before. Rejects after `limitMs`. */
  until(wanted: (output: string) => boolean, limitMs: number): Promise<boolean>;
  /** Process numbers of the demo and everything below it. */
  tree(): Promise<number[]>;
  /** `kill -9` of everything; the process numbers that there were. */
  kill(): Promise<number[]>;
  /** `kill -9` of the demo alone: what it started is left behind. */
  killAlone(): Promise<void>;
  /** Ctrl-C. */
  interrupt(): void;
  /** Exit code, or null after a signal. */
  ended: Promise<number | null>;
};

/** Starts `demo/run.ts --approve` on a state folder, in a process group of its own. */
export function startDemo(home: string, report: string, env: NodeJS.ProcessEnv = {}): DemoChild {
  const args = [join(ROOT, 'demo', 'run.ts'), '--approve', '--home', home, '--report', report];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  const note = (chunk: Buffer) => void (output += chunk.toString('utf8'));
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  let over = false;
  const ended = new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      over = true;
      done(code);
    });
  });
  const pid = child.pid ?? 0;
  return {
    output: () => output,
    async until(wanted, limitMs) {
      for (const end = Date.now() + limitMs; Date.now() < end; await sleep(LOOK_MS)) {
        if (wanted(output)) return true;
        if (over) return false;
      }
      throw new Error(`the demo did not get there within ${limitMs / 1000} s; it said:\n${output}`);
    },
    tree: () => processTree(pid),
    kill: () => killTree(pid),
    async killAlone() {
      child.kill('SIGKILL');
      await ended;
    },
    interrupt: () => void child.kill('SIGINT'),
    ended,
  };
}
