import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Folder of the checkout. */
export const ROOT = join(import.meta.dirname, '..');

/** Runs a tool of `node_modules` in the checkout, its output shown as it comes. Resolves with its exit code. */
export function runTool(tool: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(join(ROOT, 'node_modules', '.bin', tool), args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
