import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { formSchema } from './editor-schema.ts';

it('should be the schema that the repository holds (npm run -s zaplecze -- schema --form > definitions/form.schema.json)', () => {
  const kept: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../definitions/form.schema.json'), 'utf8'),
  );
  expect(kept).toEqual(formSchema());
});

it('should accept the form of the demo, and tell a mistake in it', () => {
  const file = join(import.meta.dirname, '../../definitions/finance/supplier-invoices/forms/post-invoice.yaml');
  const text = readFileSync(file, 'utf8');
  const accepts = new Ajv({ strict: false }).compile(formSchema());
  expect(accepts(parse(text)), JSON.stringify(accepts.errors)).toBe(true);
  expect(accepts(parse(text.replace('- press: search', '- pres: search')))).toBe(false);
});
