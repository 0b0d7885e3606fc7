import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..');
/** Rooms that go into the image and the package. */
const PRODUCT = packageFile.files.filter((name) => /^\w+$/.test(name));
/** Files of data that the reader finds by package name, one for each language. */
const BY_NAME = /^@tesseract\.js-data\//;

it('should ship no dependency that only the demo, benches or tests use', async () => {
  const listed = execFileSync('git', ['ls-files', ...PRODUCT], { cwd: ROOT, encoding: 'utf8' })
    .trim()
    .split('\n');
  const sources = listed.filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.test.ts'));
  const texts = await Promise.all(sources.map((file) => readFile(join(ROOT, file), 'utf8')));
  const imported = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/(?:from |import\(|import |resolve\()['"]([^.'"][^'"]*)['"]/g)].map(([, name = '']) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    ),
  );
  const shipped = Object.keys(packageFile.dependencies).filter((name) => !BY_NAME.test(name));
  expect(shipped.filter((name) => !imported.has(name))).toEqual([]);
});

it('should keep tests, demo and benches out of the image', async () => {
  const ignored = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['bench', 'demo', 'scripts', 'tests', '**/*.test.ts']));
});
