import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';
import { Settings } from '../core/settings/settings.ts';

const page = await readFile(join(import.meta.dirname, '../docs/calls.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const definitions = blocks.filter((text) => /^do:/m.test(text));
const settings = blocks.filter((text) => !definitions.includes(text));

it('should show definitions and settings', () => {
  expect([definitions.length, settings.length]).toEqual([2, 1]);
});

it.each(definitions)('should show a definition that checks: %#', (text) => {
  const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
  const use = text.includes('use: erp')
    ? 'use: { secrets: [erp], authentications: { erp: { bearer: { use: erp } } } }\n'
    : '';
  const { loaded, findings } = loadDefinition(document + use + text, 'docs/calls.md');
  expect(findings).toEqual([]);
  expect(loaded && checkDefinition(loaded)).toEqual([]);
});

it.each(settings)('should show settings that are taken', (text) => {
  const rest = {
    company: { name: 'Test' },
    publicUrl: 'http://127.0.0.1:1',
    smtp: { host: 'h', port: 25, from: 'a@b.example' },
  };
  expect(Settings.safeParse({ ...rest, ...(parse(text) as object) }).error?.issues).toBeUndefined();
});
