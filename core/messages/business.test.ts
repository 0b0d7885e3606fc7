import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { businessText } from './business.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Codes of the business exceptions that the ledger and form bots raise, as they stand in their source. */
function codesOf(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const source = readFileSync(join(ROOT, folder, name), 'utf8');
      return Array.from(source.matchAll(/(?:businessException|differs)\(\s*'([a-z-]+)'/g), ([, code = '']) => code);
    });
}

it('should have words in both languages for whatever ledger, forms and sheets leave to a person', () => {
  const codes = new Set([
    ...codesOf('bots/ledger'),
    ...codesOf('bots/forms'),
    ...codesOf('bots/tables/workbook'),
    'column-missing',
    'too-many-rows',
  ]);
  expect(codes.size).toBeGreaterThan(10);
  for (const code of codes) {
    expect(businessText(code, 'pl'), code).toBeTruthy();
    expect(businessText(code, 'en'), code).toBeTruthy();
  }
  expect(businessText('made-up', 'pl')).toBeUndefined();
});
