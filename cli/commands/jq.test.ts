import { expect, it } from 'vitest';
import { runJq } from './jq.ts';

async function run(argv: string[], input = ''): Promise<{ code: number; out: string[]; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runJq(argv, {
    out: (t) => out.push(t),
    err: (t) => err.push(t),
    stdin: () => Promise.resolve(input),
  });
  return { code, out, err: err.join('\n') };
}

it('prints one value a line for each input', async () => {
  expect(await run(['.a, .b'], '{"a":1,"b":[1, 2]} {"a":"x"}')).toEqual({
    code: 0,
    out: ['1', '[1,2]', '"x"', 'null'],
    err: '',
  });
});

it('takes variables, raw output, slurp and no input', async () => {
  expect((await run(['-r', '--arg', 'x', 'ż', '--argjson', 'y', '{"z":1}', '$x, $y.z'], 'null')).out).toEqual([
    'ż',
    '1',
  ]);
  expect((await run(['-sc', 'add'], '1 2 3')).out).toEqual(['6']);
  expect((await run(['-n', '[range(3)]'])).out).toEqual(['[0,1,2]']);
});

it('ends with 5 after an error of the program, and still evaluates the other inputs', async () => {
  const result = await run(['.a'], '1 {"a":2}');
  expect(result).toMatchObject({ code: 5, out: ['2'] });
  expect(result.err).toContain('Cannot index number');
  expect((await run(['1, error({a: 1})'], 'null')).err).toContain('(not a string): {"a":1}');
});

it('ends with 3 where the program is wrong, with the place', async () => {
  const result = await run(['.a + lenght'], 'null');
  expect(result.code).toBe(3);
  expect(result.err).toContain('column 6');
  expect(result.err).toContain('Did you mean length?');
  expect((await run(['$nope'], 'null')).code).toBe(3);
});

it('ends with 2 for broken input and wrong options', async () => {
  expect(await run(['.'], '1 {"a":')).toMatchObject({ code: 2, out: ['1'] });
  expect((await run(['--nope', '.'])).code).toBe(2);
  expect((await run([])).code).toBe(2);
});
