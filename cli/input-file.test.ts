import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tellFailure } from './failure.ts';
import { program } from './program.ts';
import { fileWords, jsonOf, readData, readText, UsageError } from './input-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'zaplecze-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return error instanceof Error ? error.message : '';
};

describe('a file named on the command line', () => {
  it('should be read as text and as data', async () => {
    expect(await readText(put('hello.txt', 'Łąka'))).toBe('Łąka');
    expect(await readData(put('data.yaml', 'name: Anna'))).toEqual({ name: 'Anna' });
  });

  it.each([
    ['is not there', () => join(folder, 'none.yaml'), /none\.yaml: there is no such file/],
    ['is a folder', () => folder, /is a folder\. Name a file in it/],
    ['is no text', () => put('scan.yaml', Uint8Array.of(137, 80, 0, 3)), /is not a text file/],
  ])('should be refused in words where it %s', async (_, path, words) => {
    expect(await refusal(readText(path()))).toMatch(words);
  });

  it('should be refused with its name and the reason where it is no YAML', async () => {
    expect(await refusal(readData(put('broken.yaml', 'a: [1, 2')))).toMatch(
      /broken\.yaml is neither YAML nor JSON: .+/,
    );
  });
});

describe('an option that takes JSON', () => {
  it('should take the text, or a file', async () => {
    expect(await jsonOf('--input', '{"n": 1}')).toEqual({ n: 1 });
    expect(await jsonOf('--input', `@${put('n.json', '{"n": 2}')}`)).toEqual({ n: 2 });
  });

  it('should say which option it was and how to write it', async () => {
    expect(await refusal(jsonOf('--input', '{name: Anna}'))).toMatch(
      /^--input: this is not valid JSON \(.+\)\. Write, for example, --input '/,
    );
    expect(await refusal(jsonOf('--with', `@${put('bad.json', '{')}`))).toMatch(
      /^--with .*bad\.json: this is not valid JSON/,
    );
  });
});

it('should have words for a full disk, and none for what is no mistake of a person', () => {
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: 'out/a.json' });
  expect(fileWords(full)).toBe(
    'out/a.json cannot be written: the disk is full. To fix: free some space, then run the command again',
  );
  expect(fileWords(new TypeError('x is undefined'))).toBeUndefined();
});

describe('zaplecze, called wrongly', () => {
  const call = async (args: string[]) => {
    let err = '';
    const io = { out: () => {}, err: (text: string) => void (err += text), stdin: () => Promise.resolve('') };
    const code = await program(io)
      .parseAsync(args, { from: 'user' })
      .then(
        () => 0,
        (error: unknown) => tellFailure(error, io),
      );
    return { code, err };
  };
  const text = join(folder, 'hello.txt');
  const none = join(folder, 'none.yaml');

  it.each([
    [2, ['frobnicate']],
    [2, ['check', '--frob', 'x']],
    [2, ['check']],
    [0, ['check', '--help']],
    [2, ['deploy', join(folder, 'a-folder.yaml')]],
    [1, ['read', none]],
    [2, ['start', 'finance/x', '--input', '{bad']],
    [2, ['audit', 'verify', '--file', text]],
    [2, ['audit', 'export', '--format', 'xml']],
    [2, ['form', 'run', none, '--data', none]],
    [2, ['form', 'record', 'fk.local', '--example', 'x', '--out', 'y', '--user', 'bot']],
  ])('should end with %i and no trace: %j', async (expected, args) => {
    put('hello.txt', 'hello');
    mkdirSync(join(folder, 'a-folder.yaml'), { recursive: true });
    const { code, err } = await call(args);
    expect(code).toBe(expected);
    expect(err).not.toMatch(/^ +at /m);
    if (code !== 0) expect(err).not.toBe('');
  });

  it('should show the trace of a fault of ours', () => {
    let err = '';
    const io = { out: () => {}, err: (words: string) => void (err += words), stdin: () => Promise.resolve('') };
    expect(tellFailure(new TypeError('x is undefined'), io)).toBe(1);
    expect(err).toMatch(/^internal error.*\nTypeError: x is undefined\n +at /);
  });
});
