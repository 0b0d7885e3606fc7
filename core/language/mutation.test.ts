import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../bench/random.ts';
import { checkDefinition } from './check/index.ts';
import type { Finding } from './finding.ts';
import { loadDefinition } from './load.ts';

const shipped = readFileSync(
  join(import.meta.dirname, '../../definitions/finance/supplier-invoices/automation.yaml'),
  'utf8',
);
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ' ',
  '\n',
  '\t',
  '- ',
  '"',
  "'",
  '${',
  '}',
  '#',
  '&a ',
  '*a',
  '|',
  '>',
  '---\n',
  '!!',
  'then: x',
  '\u0000',
  '😀',
];

/** A shipped definition with a few pieces of its text removed, doubled, or something odd put in. */
const mutated = fc
  .array(
    fc.record({
      at: fc.nat(shipped.length),
      length: fc.nat(40),
      put: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 6 })),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) =>
    edits.reduce((text, { at, length, put }) => text.slice(0, at) + put + text.slice(at + length), shipped),
  );

describe('loading any text', () => {
  it('should never throw, and tell every finding with a place in the text', () => {
    let refused = 0;
    const property = fc.property(mutated, (text) => {
      const result = loadDefinition(text, 'mutated.yaml');
      const findings = [...result.findings, ...(result.ok ? checkDefinition(result.loaded) : [])];
      expect(result.ok).toBe(result.findings.length === 0);
      if (!result.ok) refused++;
      for (const finding of findings) expectPlace(finding, text);
    });
    fc.assert(property, { numRuns: 1000, seed: SEED });
    expect(refused).toBeGreaterThan(100);
  });

  it('should never throw on text that is no definition at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { ok, findings } = loadDefinition(text, 'noise.yaml');
        expect(ok).toBe(false);
        expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000, seed: SEED },
    );
  });
});

function expectPlace(finding: Finding, text: string): void {
  const lines = text.split('\n');
  expect(finding.message).not.toBe('');
  expect(finding.line).toBeGreaterThanOrEqual(1);
  expect(finding.line).toBeLessThanOrEqual(lines.length);
  expect(finding.column).toBeGreaterThanOrEqual(1);
  expect(finding.column).toBeLessThanOrEqual((lines[finding.line - 1]?.length ?? 0) + 1);
}
