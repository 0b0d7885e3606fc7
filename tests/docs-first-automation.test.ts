import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';

const page = await readFile(join(import.meta.dirname, '../docs/first-automation.md'), 'utf8');
const [automation = '', mail = ''] = Array.from(page.matchAll(/```yaml\n([\s\S]*?)```/g), ([, text]) => text ?? '');

it('should lead to a definition that is in order, with the mail text of the page beside it', () => {
  const { loaded, findings } = loadDefinition(automation, 'automation.yaml');
  expect(findings).toEqual([]);
  expect(parse(mail)).toMatchObject({ subject: expect.stringContaining('{{ number }}') as string });
  expect(loaded && checkDefinition(loaded, { files: { 'mails/reminder.pl.yaml': mail } })).toEqual([]);
});
