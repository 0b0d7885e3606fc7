import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { functionsPage } from './reference.ts';

it('should be the page in docs (mend: npm run -s zaplecze -- functions > docs/functions.md)', async () => {
  const page = await readFile(join(import.meta.dirname, '../docs/functions.md'), 'utf8');
  expect(functionsPage()).toBe(page.replace(/\n$/, ''));
});
