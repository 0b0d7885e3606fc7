import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';

/** Group and others. */
const OTHERS = 0o077;

const KeyEntry = z.object({
  id: z.string().regex(/^[a-z0-9]{1,16}$/),
  /** 32 bytes in base64. */
  secret: z.base64(),
  /** When it became the current one. */
  since: z.iso.datetime(),
  /** Only in keys that are older than the common ring. */
  madeFor: z.enum(['histories', 'links']).optional(),
});
export type KeyEntry = z.infer<typeof KeyEntry>;

/** The file of a key ring: the current key first. */
export const KeyFile = z.object({ keys: z.array(KeyEntry).min(1) });
export type KeyFile = z.infer<typeof KeyFile>;

export const textOf = (file: KeyFile): string => `${JSON.stringify(file, null, 2)}\n`;

/** Reads a key file. Refuses one that others on the machine can read, and one that is damaged. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  refuseOpen(path, (await stat(path)).mode);
  return parse(path, await readFile(path, 'utf8'));
}

/** The same for callers that cannot wait, such as a check of a signature. */
export function readKeyFileSync(path: string): KeyFile {
  refuseOpen(path, statSync(path).mode);
  return parse(path, readFileSync(path, 'utf8'));
}

function refuseOpen(path: string, mode: number): void {
  if ((mode & OTHERS) === 0) return;
  const detail = `${path} holds the keys of this installation and can be read by others. To fix: chmod 600 ${path}`;
  throw applicationException('configuration', detail);
}

function parse(path: string, text: string): KeyFile {
  const parsed = KeyFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const what = z.prettifyError(parsed.error);
  const consequence = 'without its keys, links, histories and files sealed so far cannot be read';
  throw applicationException(
    'configuration',
    `${path} is damaged (${what}). To fix: restore it from a backup; ${consequence}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // An empty or torn file is reported like any other damaged one, by the schema.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
