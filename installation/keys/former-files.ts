import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../../core/model/errors.ts';
import type { KeyEntry } from './key-file.ts';

/** Keys of histories, until version 0.1: by id, in base64. */
const HistoryKeys = z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) });
/** Keys of links, until version 0.1: the first one signed. */
const LinkKeys = z.object({
  keys: z.array(z.object({ id: z.string(), secret: z.base64(), since: z.iso.datetime() })),
});
/** The old file of histories did not say since when a key was used. */
const UNKNOWN = '1970-01-01T00:00:00.000Z';

/** Entries of the two files that older installations have beside `path`; none where there are none. */
export async function entriesOfFormerFiles(path: string): Promise<KeyEntry[]> {
  const folder = dirname(path);
  const histories = HistoryKeys.optional().parse(await readJson(join(folder, 'history-keys.json')));
  const links = LinkKeys.optional().parse(await readJson(join(folder, 'link-keys.json')));
  const ids = Object.keys(histories?.keys ?? {}).sort(
    (a, b) => Number(b === histories?.current) - Number(a === histories?.current),
  );
  return [
    ...ids.map((id) => ({ id, secret: histories?.keys[id] ?? '', since: UNKNOWN, madeFor: 'histories' as const })),
    ...(links?.keys ?? []).map((key) => ({ ...key, madeFor: 'links' as const })),
  ];
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
