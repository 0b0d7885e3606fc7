import { readFile, stat } from 'node:fs/promises';
import { parse } from 'yaml';
import { errorText } from '../core/model/errors.ts';

/** What a person hands to a command is some pages of text; a definition may have 1 MiB, inputs and answers a little more. */
const MAX_INPUT_BYTES = 16 * 1024 * 1024;

/** A command was called wrongly: with a file that cannot be read, or with text that is no JSON. Told in words, without a trace. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/** The text of a file that was named on the command line. Throws `UsageError`: not there, a folder, too large, no text. */
export async function readText(path: string): Promise<string> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw new UsageError(`${path} is a folder. Name a file in it`);
    if (about.size > MAX_INPUT_BYTES) {
      throw new UsageError(`${path} is larger than ${MAX_INPUT_BYTES / 1024 / 1024} MiB. Is it the right file?`);
    }
    const text = await readFile(path, 'utf8');
    if (text.includes('\0')) throw new UsageError(`${path} is not a text file. Is it the right file?`);
    return text;
  } catch (error) {
    const words = fileWords(error, path);
    throw words === undefined ? error : new UsageError(words, { cause: error });
  }
}

/** The data of a YAML or JSON file that was named on the command line. Throws `UsageError`. */
export async function readData(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is neither YAML nor JSON: ${reasonOf(error)}`, { cause: error });
  }
}

/** The value of an option that takes JSON, or `@file` with it. Throws `UsageError`. */
export async function jsonOf(option: string, value: string): Promise<unknown> {
  const file = value.startsWith('@') ? value.slice(1) : undefined;
  const text = file === undefined ? value : await readText(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const where = file === undefined ? option : `${option} ${file}`;
    const example = `Write, for example, ${option} '{"name": "Anna"}'${file === undefined ? `, or ${option} @file.json` : ' into it'}`;
    throw new UsageError(`${where}: this is not valid JSON (${reasonOf(error)}). ${example}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const message = errorText(error);
  return (message.split('\n', 1)[0] ?? message).replace(/:$/, '');
}

/** What the system says about a file, by its error code: what is wrong, and how to mend it. */
const WORDS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path}: there is no such file or folder`,
  ENOTDIR: (path) => `${path}: there is a file where a folder should be`,
  EISDIR: (path) => `${path} is a folder. Name a file in it`,
  EEXIST: (path) => `${path} already exists`,
  EACCES: (path) => `${path}: permission denied. To fix: change its permissions, or use another user`,
  EPERM: (path) => `${path}: you may not change it. To fix: change its permissions, or use another user`,
  EROFS: (path) => `${path}: this disk is read-only`,
  ENOSPC: (path) => `${path} cannot be written: the disk is full. To fix: free some space, then run the command again`,
  EDQUOT: (path) =>
    `${path} cannot be written: the disk quota is used up. To fix: free some space, then run the command again`,
  ENAMETOOLONG: (path) => `${path}: this name is too long`,
};

/** Words for an error of the file system; undefined for every other error. `path` where the error does not name one. */
export function fileWords(error: unknown, path?: string): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const named = 'path' in error && typeof error.path === 'string' ? error.path : path;
  return WORDS[error.code]?.(named ?? 'a file');
}
