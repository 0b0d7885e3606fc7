import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** The compiler reads the whole product. */
const COMPILE_MS = 120_000;
/** Everything that a function touches, and what the compiler needs. */
const COPIED = ['packages', 'core', 'store', 'bots', 'activities', 'intake', 'installation', 'server', 'workers'];
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaplecze-page-'));
  const code = (path: string): boolean => !path.endsWith('.test.ts');
  for (const room of COPIED) await cp(join(ROOT, room), join(folder, room), { recursive: true, filter: code });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const config = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8')) as object;
  const include = ['activities', 'core', 'workers'];
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, include }));
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
});
afterAll(() => rm(folder, { recursive: true }));

it(
  'should lead to a function that compiles, and whose activity the compiler asks for until it is there',
  async () => {
    const page = await readFile(join(ROOT, 'docs/adding-a-function.md'), 'utf8');
    const steps = [...page.matchAll(/^```(ts|diff)\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)];
    expect(steps).toHaveLength(4);
    const [schema, line, activity, compose] = steps;
    await follow(schema);
    await follow(line);
    expect(await compile()).toMatch(/'?"day\.check"'? is missing/);
    await follow(activity);
    await follow(compose);
    expect(await compile()).toBe('');
  },
  COMPILE_MS,
);

/** Does one step of the page: a new file, or lines that are added after the lines that the page shows around them. */
async function follow(step: RegExpExecArray | RegExpMatchArray | undefined): Promise<void> {
  const [, kind, path = '', content = ''] = step ?? [];
  const file = join(folder, path);
  if (kind === 'ts') return writeFile(file, content);
  let text = await readFile(file, 'utf8');
  let at = 0;
  for (const change of content.trimEnd().split('\n')) {
    const words = `${change.slice(1)}\n`;
    if (change.startsWith('+')) {
      text = text.slice(0, at) + words + text.slice(at);
    } else if (!text.includes(words, at)) throw new Error(`${path} has no line "${change.slice(1)}"`);
    at = text.indexOf(words, at) + words.length;
  }
  return writeFile(file, text);
}

/** What the compiler says. */
async function compile(): Promise<string> {
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  return run(tsc, ['--noEmit'], { cwd: folder }).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}
