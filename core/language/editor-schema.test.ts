import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { editorSchema } from './editor-schema.ts';

const ajv = new Ajv({ strict: false, logger: false });
addFormats.default(ajv);
const validate = ajv.compile(editorSchema());

function accepts(task: object): boolean {
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  return validate({ document, do: [{ step: task }] });
}

it('should be the schema that the repository holds (npm run -s zaplecze -- schema > definitions/schema.json)', () => {
  const kept: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../definitions/schema.json'), 'utf8'));
  expect(editorSchema()).toEqual(kept);
});

it('should know what our functions take, and expressions in the place of any value', () => {
  expect(accepts({ call: 'sheet.append', with: { file: 'register.xlsx', key: 'a', row: { Number: '1' } } })).toBe(true);
  expect(accepts({ call: 'sheet.append', with: { file: '${ .file }', key: '${ .key }', row: '${ .row }' } })).toBe(
    true,
  );
  expect(accepts({ call: 'sheet.append', with: { file: 'register.xlsx', key: 'a', rows: {} } })).toBe(false);
  expect(accepts({ call: 'sheet.append', with: { file: 5, key: 'a', row: {} } })).toBe(false);
  expect(accepts({ call: 'sheet.append' })).toBe(false);
});

it('should leave functions of the definition itself open, and not take a protocol for one', () => {
  expect(accepts({ call: 'myFunction', with: { anything: 1 } })).toBe(true);
  expect(accepts({ call: 'http', with: { anything: 1 } })).toBe(false);
});
