import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rulePl } from './rules.pl.ts';

const LANGUAGE = join(import.meta.dirname, '../../../core/language');

/** Rules of the checks, as they stand in their source. */
function rules(): Set<string> {
  const files = readdirSync(LANGUAGE, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const found = sources.flatMap((name) => {
    const text = readFileSync(join(LANGUAGE, name), 'utf8');
    return Array.from(
      text.matchAll(/'((?:yaml|dsl|call|expression|reference|flow|run|form|mail|schedule)\/[a-z-]+)'/g),
    );
  });
  return new Set(found.map(([, rule = '']) => rule));
}

it('should have Polish words for every rule of the checks', () => {
  const all = [...rules()];
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter((rule) => rulePl(rule) === '')).toEqual([]);
  // What is said of a function's arguments are the rules of shapes under another name.
  const ofCalls = all.filter((rule) => /^dsl\/(?!version)/.test(rule)).map((rule) => rule.replace('dsl/', 'call/'));
  expect(ofCalls.filter((rule) => rulePl(rule) === '')).toEqual([]);
  expect(rulePl('made/up')).toBe('');
});
