import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { program } from '../cli/program.ts';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';

const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');

it('should show a definition that checks without a finding', () => {
  const source = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const loaded = loadDefinition(source, 'README.md');
  expect(loaded.findings).toEqual([]);
  expect(loaded.ok && checkDefinition(loaded.loaded, {})).toEqual([]);
});

it('should name only commands that there are', () => {
  const named = [...readme.matchAll(/zaplecze -- (\w+)/g)].map(([, name]) => name);
  const known = program({ out: () => {}, err: () => {}, stdin: () => Promise.resolve('') }).commands.map((c) =>
    c.name(),
  );
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(known).toContain(name);
});
