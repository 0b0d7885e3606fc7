import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from './index.ts';

const SHARED = process.env['ZAPLECZE_SHARED'] ?? join(import.meta.dirname, '../../../shared');
const CASES = join(SHARED, 'jq/man.test');
/** The share of the manual's examples that must hold (the issue's own measure). */
const LEAST_SHARE = 0.98;

/** Programs of the manual that cannot hold here, each with its reason. */
const EXCEPT: Readonly<Record<string, string>> = {
  '$ENV.PAGER': 'a workflow has no environment: $ENV is empty',
  'env.PAGER': 'a workflow has no environment: env is empty',
};

interface ManualCase {
  readonly program: string;
  readonly input: string;
  readonly outputs: readonly string[];
}

function readCases(): ManualCase[] {
  return readFileSync(CASES, 'utf8')
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 1)
    .map(([program = '', input = 'null', ...outputs]) => ({ program, input, outputs }));
}

describe.skipIf(!existsSync(CASES))(`examples of jq's manual (skipped where ${CASES} is absent)`, () => {
  const cases = existsSync(CASES) ? readCases() : [];

  it.each(cases.filter(({ program }) => EXCEPT[program] === undefined))('$program', ({ program, input, outputs }) => {
    const actual = compile(program).run(JSON.parse(input));
    expect(JSON.parse(JSON.stringify(actual))).toEqual(outputs.map((output) => JSON.parse(output) as unknown));
  });

  it('leaves out no more than the exceptions named', () => {
    const left = cases.filter(({ program }) => EXCEPT[program] !== undefined);
    expect(left).toHaveLength(Object.keys(EXCEPT).length);
    expect(1 - left.length / cases.length).toBeGreaterThanOrEqual(LEAST_SHARE);
  });
});
