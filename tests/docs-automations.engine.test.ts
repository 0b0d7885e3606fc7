import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { Settings } from '../core/settings/settings.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs/automations');
const pages = await readdir(FOLDER);

/** Blocks of a page in a language. */
async function blocks(page: string, language: string): Promise<string[]> {
  const text = await readFile(join(FOLDER, page), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);
}

it.each(pages)('should show settings that are taken: %s', async (page) => {
  const rest = {
    company: { name: 'Test' },
    publicUrl: 'http://127.0.0.1:1',
    smtp: { host: 'h', port: 25, from: 'a@b.example' },
  };
  const [settings = ''] = await blocks(page, 'yaml');
  expect(Settings.safeParse({ ...rest, ...(parse(settings) as object) }).error?.issues).toBeUndefined();
});

it.each(pages)('should show commands that succeed: %s', async (page) => {
  const commands = (await blocks(page, 'sh')).flatMap((block) => block.trim().split('\n'));
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    const [, given = ''] = /^npm run -s zaplecze -- (.+)$/.exec(command) ?? [];
    const { stdout } = await promisify(execFile)(process.execPath, ['cli/main.ts', ...given.split(' ')], { cwd: ROOT });
    expect(stdout).toMatch(/ 0 errors, 0 warnings|[1-9]\d* passed, 0 failed/);
  }
});
