import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../tests/support/cpu.ts';
import { SEED } from '../../bench/random.ts';
import { compile, JqBoundError, JqError } from './index.ts';

/** Processor time: a program at its bounds takes some 0.3 s; thrice as much on a slow machine is still no hang. */
const LONGEST_MS = 2_000;

function outcome(program: string, input: unknown = null): unknown {
  let result: unknown;
  const run = (): void => {
    try {
      result = compile(program).run(input);
    } catch (error) {
      result = error;
    }
  };
  expect(cpuMs(run)).toBeLessThan(LONGEST_MS);
  return result;
}

describe('bounds', () => {
  it.each([
    ['def f: f; f', 'depth'],
    ['def f: 1 + f; f', 'depth'],
    ['def f(g): f(g | g); f(.)', 'depth'],
    ['range(1e12)', 'outputs'],
    ['[range(1e12)]', 'steps'],
    ['[limit(1e9; repeat(1))]', 'steps'],
    ['last(repeat(1))', 'steps'],
    ['until(false; .)', 'steps'],
    ['0 | [recurse(. + 1)]', 'steps'],
    ['"a" * 1e12', 'string'],
    ['reduce range(100) as $i ("ab"; . + .)', 'string'],
    ['.[1e9] = 1', 'array'],
    ['[range(1000)] | combinations(3)', 'outputs'],
    ['reduce range(50) as $i ([1]; [., .])', 'steps'],
    ['reduce range(50) as $i ([1]; [., .]) | tojson', 'string'],
    ['[reduce range(50) as $i ([1]; [., .]), reduce range(50) as $i ([1]; [., .])] | .[0] == .[1]', 'steps'],
    ['reduce range(2000) as $i (null; [.])', 'nesting'],
    ['"x" | test("(x{1000}){1000}")', 'pattern'],
  ])('%s ends with a bound on %s', (program, bound) => {
    const error = outcome(program);
    expect(error).toBeInstanceOf(JqBoundError);
    expect((error as JqBoundError).bound).toBe(bound);
  });

  it('does not let a program catch its own bound', () => {
    expect(outcome('try until(false; .) catch "caught"')).toBeInstanceOf(JqBoundError);
    expect(outcome('(until(false; .)) // "caught"')).toBeInstanceOf(JqBoundError);
  });

  it('refuses programs that are too long or too deep', () => {
    expect(outcome('1'.repeat(100_000))).toBeInstanceOf(JqBoundError);
    expect(outcome(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toBeInstanceOf(JqBoundError);
    expect(outcome(`1${'+1'.repeat(30_000)}`)).toBeInstanceOf(JqBoundError);
  });

  it('matches any pattern of nested repetitions in bounded time', () => {
    const part: fc.Arbitrary<string> = fc.letrec<{ part: string }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('a', 'b', '.', '[ab]', 'a|a', '\\w'),
        fc
          .tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2,9}', '*?'))
          .map(([inner, times]) => `(${inner})${times}`),
        fc.tuple(tie('part'), tie('part')).map(([left, right]) => left + right),
        fc.tuple(tie('part'), tie('part')).map(([left, right]) => `(?:${left}|${right})`),
      ),
    })).part;
    fc.assert(
      fc.property(part, fc.integer({ min: 0, max: 3_000 }), (pattern, length) => {
        const result = outcome('.text | test(.pattern)', {
          text: `${'a'.repeat(length)}!`,
          pattern: `^(?:${pattern})$`,
        });
        expect(Array.isArray(result) || result instanceof JqBoundError || result instanceof JqError).toBe(true);
      }),
      { numRuns: 100, seed: SEED },
    );
  });

  it('never changes its input', () => {
    const programs = [
      '.a = 1',
      '.b |= 2',
      'del(.a)',
      '.. |= .',
      'sort_by(.)?',
      'to_entries',
      'with_entries(.value = 0)',
      'walk(.)',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(...programs), (input, program) => {
        const before = JSON.stringify(input);
        outcome(program, input);
        expect(JSON.stringify(input)).toBe(before);
      }),
      { seed: SEED },
    );
  });
});
