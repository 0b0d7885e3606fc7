import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { arrows } from '../scripts/docs/arrows.ts';
import { generatedPages } from '../scripts/docs/generated.ts';

const ROOT = join(import.meta.dirname, '..');
const pages = await generatedPages();

it.each([...pages.keys()])('%s should be as the code has it (to fix: npm run docs)', async (path) => {
  expect(await readFile(join(ROOT, path), 'utf8')).toBe(pages.get(path));
});

it('should list every decision', async () => {
  const index = pages.get('docs/decisions/README.md') ?? '';
  const records = (await readdir(join(ROOT, 'docs/decisions'))).filter((name) => /^\d/.test(name));
  expect(records.length).toBeGreaterThan(30);
  for (const record of records) expect(index).toContain(`](${record})`);
});

it('should have no import against the order of the layers', async () => {
  expect((await arrows()).filter(({ up }) => up)).toEqual([]);
});

it('should name only files that exist in the walks of docs/architecture.md', async () => {
  const page = pages.get('docs/architecture.md') ?? '';
  const named = [...page.matchAll(/`([a-z-]+\/[\w/.-]+\.(?:ts|cjs|md))`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(30);
  for (const path of named) await expect(readFile(join(ROOT, path)), path).resolves.toBeDefined();
});
