import { describe, expect, it } from 'vitest';
import { resolveSecrets, secretMark } from './secret-marks.ts';

const grant = { token: 't', names: ['pin', 'unset'] };
const find = (name: string): Promise<string | undefined> => Promise.resolve(name === 'unset' ? undefined : `<${name}>`);
const resolve = (value: unknown): Promise<unknown> => resolveSecrets(value, grant, find);

describe('resolveSecrets', () => {
  it.each<[unknown, unknown]>([
    [secretMark('t', 'pin'), '<pin>'],
    [{ a: [`Bearer ${secretMark('t', 'pin')}!`] }, { a: ['Bearer <pin>!'] }],
    [`${secretMark('t', 'pin')}${secretMark('t', 'pin')}`, '<pin><pin>'],
    [secretMark('another run', 'pin'), secretMark('another run', 'pin')],
    [
      { n: 1, b: null },
      { n: 1, b: null },
    ],
  ])('should put secrets in place in %j', async (value, expected) => {
    expect(await resolve(value)).toEqual(expected);
  });

  it.each(['other', 'unset'])('should refuse the secret "%s"', async (name) => {
    await expect(resolve(secretMark('t', name))).rejects.toMatchObject({ problem: { status: 403 } });
  });
});
