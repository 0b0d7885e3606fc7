import { describe, expect, it } from 'vitest';
import { compile, JqError, JqSyntaxError } from './index.ts';

/** Program, input, outputs. */
type Example = readonly [program: string, input: unknown, outputs: readonly unknown[]];

function examples(family: string, list: readonly Example[]): void {
  describe(family, () => {
    it.each(list)('%s', (program, input, outputs) => {
      expect(compile(program).run(input)).toEqual(outputs);
    });
  });
}

examples('operators', [
  ['[(1, 2) + (10, 20)]', null, [[11, 12, 21, 22]]],
  ['1 + 2 * 3 - 4 / 2 % 2', null, [7]],
  ['1 + 2 as $x | $x * 2', null, [6]],
  ['-.a.b', { a: { b: 3 } }, [-3]],
  ['"ab" * 2, "ab" * 0, "ab" * -1', null, ['abab', '', null]],
  ['{a: {b: 1}} * {a: {c: 2}}', null, [{ a: { b: 1, c: 2 } }]],
  ['5 % -2, -5 % 3, 5.9 % 2', null, [1, -2, 1]],
  ['(1, null, 2) // 3', null, [1, 2]],
  ['try (error("x") // 3) catch .', null, ['x']],
]);

examples('paths and assignment', [
  ['.a[1:3] = ["x"]', { a: [1, 2, 3, 4] }, [{ a: [1, 'x', 4] }]],
  ['.[] |= empty', [1, 2], [[]]],
  ['del(.[0, -1])', [1, 2, 3], [[2]]],
  ['.a += (1, 2)', { a: 1 }, [{ a: 2 }, { a: 3 }]],
  ['.a //= 5', { a: false }, [{ a: 5 }]],
  ['[path((.a | select(.b)), first(.c[]))]', { a: { b: 1 }, c: [7] }, [[['a'], ['c', 0]]]],
  ['try path(1 + 1 | .a) catch .', null, ['Invalid path expression near attempt to access element "a" of 2']],
  ['to_entries', { __proto__: null, a: 1 }, [[{ key: 'a', value: 1 }]]],
  ['.["__proto__"] = 1 | keys', {}, [['__proto__']]],
]);

examples('control', [
  ['[.[] | try error("x\\(.)") catch .]', [1, 2], [['x1', 'x2']]],
  ['try (try error("inner") catch error("outer")) catch .', null, ['outer']],
  ['[label $f | 1, break $f, 2]', null, [[1]]],
  ['try error(null) catch .', null, [null]],
  ['reduce empty as $x (0; 1), reduce range(3) as $x (0; empty)', null, [0, null]],
  ['[limit(3; repeat(1)), limit(0; error)]', null, [[1, 1, 1]]],
  ['def f($a; g): $a + g + a; f(1; 2, 3)', null, [4, 5]],
  ['def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; fac', 5, [120]],
  ['[until(. > 100000; . + 1)]', 0, [[100001]]],
  ['[.[] as [$a] ?// $a | $a]', [[1], 2], [[1, 2]]],
]);

examples('strings and formats', [
  ['@csv', [1, 'a"b', null, true], ['1,"a""b",,true']],
  ['@uri, @sh', "ż'", ['%C5%BC%27', "'ż'\\'''"]],
  ['@base64 | ., @base64d', 'zażółć', ['emHFvMOzxYLEhw==', 'zażółć']],
  ['@base32 | ., @base32d', 'ab', ['MFRA====', 'ab']],
  ['@json "v=\\(.)"', [1, 'x'], ['v=[1,"x"]']],
  ['length, utf8bytelength, .[1:2], explode', '😀b', [2, 5, 'b', [128512, 98]]],
  [
    '[1e17, 1e-5, 0.0001, 12345678909876543212345, -0] | tojson',
    null,
    ['[1e+17,1e-05,0.0001,12345678909876543000000,-0]'],
  ],
]);

examples('regular expressions', [
  [
    '[match("(?<l>[a-z])(\\\\d)?"; "g") | [.offset, .string, .captures[1].string]]',
    'a1b',
    [
      [
        [0, 'a1', '1'],
        [2, 'b', null],
      ],
    ],
  ],
  ['gsub("(?<d>\\\\d)"; "<\\(.d)>")', 'a1b2', ['a<1>b<2>']],
  ['[gsub("a"; "x", "y")]', 'aba', [['xbx', 'yby']]],
  ['gsub(""; "-")', 'ab', ['-a-b-']],
  [
    '[splits(", *")], split("B"; "i")',
    'a,  bc',
    [
      ['a', 'bc'],
      ['a,  ', 'c'],
    ],
  ],
  ['capture("(?<y>\\\\d{4})-(?<m>\\\\d\\\\d)")', 'on 2026-11', [{ y: '2026', m: '11' }]],
  ['[scan("(?i)ż")]', 'Żż', [['Ż', 'ż']]],
  ['test("a (?# note) b"; "x"), test("(?<=a)b(?!c)"), test("^b$")', 'ab', [true, true, false]],
  ['[match("a*?b|a"; "g").string]', 'aaba', [['aab', 'a']]],
  [
    'try test("(a)\\\\1") catch .',
    'aa',
    ['Regex failure: a back-reference is not supported, because it cannot be matched in linear time'],
  ],
]);

examples('dates, always in UTC', [
  ['todate, (gmtime | mktime)', 1425599507, ['2015-03-05T23:51:47Z', 1425599507]],
  [
    'strptime("%d.%m.%Y") | strftime("%A, %-d %B %G-W%V, day %j")',
    '01.01.2027',
    ['Friday, 1 January 2026-W53, day 001'],
  ],
  ['gmtime', -1.5, [[1969, 11, 31, 23, 59, 58.5, 3, 364]]],
  ['"2026-02-29T00:00:00Z" | try fromdate catch "no"', null, [1772323200]],
]);

examples('arrays, objects, streams', [
  ['group_by(.a) | map(length)', [{ a: 2 }, { a: 1 }, { a: 2 }], [[1, 2]]],
  ['sort', [{ b: 1 }, [1], 'ￜ', '😀', 1, null, true], [[null, true, 1, 'ￜ', '😀', [1], { b: 1 }]]],
  ['fromstream(tostream)', { a: [1, { b: [] }] }, [{ a: [1, { b: [] }] }]],
  ['INDEX(.id) | keys, (.["2"] | .v)', [{ id: 1 }, { id: 2, v: 9 }], [['1', '2'], 9]],
  ['[frexp, significand, logb, trunc, round]', -10.5, [[[-0.65625, 4], -1.3125, 3, -10, -11]]],
]);

describe('compile', () => {
  it.each([
    ['.a |', 4, 'ends too early'],
    ['.a + nope(1)', 5, 'no function nope'],
    ['if . then 1', 11, '"end" is expected'],
    ["'a'", 0, 'no meaning'],
    ['{a: 1', 5, 'missing'],
    ['1 == 2 == 3', 7, 'cannot follow'],
    ['input', 0, 'not available'],
    ['import "a" as a; 1', 0, 'not available'],
  ])('refuses %s at %i', (source, offset, message) => {
    const error = caught(() => compile(source)) as JqSyntaxError;
    expect(error).toBeInstanceOf(JqSyntaxError);
    expect(error).toMatchObject({ offset, message: expect.stringContaining(message) as string });
    expect(error.hint).not.toBe('');
  });

  it('names the variables a program needs, and refuses unknown ones where the known are given', () => {
    const program = compile('$a + (1 as $b | $b) + $ENV.x');
    expect([...program.variables]).toEqual(['a']);
    expect(program.run(null, { a: 2 })).toEqual([3]);
    expect(caught(() => program.run(null))).toBeInstanceOf(JqError);
    expect(caught(() => compile('$invoce', { variables: ['invoice'] }))).toMatchObject({
      hint: 'Did you mean $invoice?',
    });
  });

  it('has no clock but the one given', () => {
    expect(compile('now').run(null, { now: 7 })).toEqual([7]);
    expect(caught(() => compile('now').run(null))).toBeInstanceOf(JqError);
  });

  it('gives the first output without computing the rest', () => {
    expect(compile('1, error("late")').first(null)).toBe(1);
    expect(compile('empty').first(null)).toBeUndefined();
  });

  it('compiles a program once', () => {
    expect(compile('.same')).toBe(compile('.same'));
  });
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
