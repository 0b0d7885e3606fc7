import { expect, it } from 'vitest';
import { libraryFunctions } from '../../library.ts';
import { loadDefinition } from '../../load.ts';
import { checkDefinition } from '../index.ts';

const HEAD = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';

function check(task: string) {
  const { loaded, findings } = loadDefinition(`${HEAD}do:\n  - it:\n${task}`, 'a.yaml');
  expect(findings).toEqual([]);
  return (loaded ? checkDefinition(loaded) : []).map(({ line, message, hint }) => [line, message, hint]);
}

it('should know the functions of the library, and what they take and need', () => {
  const call = (name: string, args: string) => check(`      call: ${name}\n      with: ${args}\n`);
  expect(call('rate.find:1.0.0@library', '{ currency: EUR, date: 2026-11-03 }')).toEqual([]);
  expect(call('rate.find:1.0.0@library', '{ currenzy: EUR, date: 2026-11-03 }')).toMatchObject([
    [5, 'rate.find: missing "currency"', undefined],
    [5, 'rate.find: unknown property "currenzy"', expect.stringContaining('currency')],
  ]);
  expect(call('rate.fnd:1.0.0@library', '{}')).toMatchObject([
    [
      4,
      'the library has no function "rate.fnd" in version "1.0.0"',
      expect.stringContaining('rate.find:1.0.0@library'),
    ],
  ]);
});

it('should have a summary, and words for every argument and result', () => {
  for (const { name, summary, with: given, result } of libraryFunctions()) {
    expect(summary, name).toMatch(/^[A-Z].+\.$/);
    for (const property of Object.values(given.properties)) expect(property.description, name).toBeTruthy();
    expect(Object.keys(result.properties).length, name).toBeGreaterThan(0);
  }
});
