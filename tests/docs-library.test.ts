import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkDefinition } from '../core/language/check/index.ts';
import { libraryFunctions } from '../core/language/library.ts';
import { loadDefinition } from '../core/language/load.ts';

const page = await readFile(join(import.meta.dirname, '../docs/library.md'), 'utf8');
const definitions = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

it.each(definitions)('should show a definition that checks: %#', (text) => {
  const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
  const { loaded, findings } = loadDefinition(document + text, 'docs/library.md');
  expect([findings, loaded && checkDefinition(loaded)]).toEqual([[], []]);
});

it('should name every function of the library', () => {
  for (const { name } of libraryFunctions()) expect(page).toContain(`\`${name}\``);
});
