import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { type KeyRing, openKeyRing } from '../keys/key-ring.ts';

/** Files of the state folder that open everything else: never in the same file as what they open. */
export const KEY_FILES = ['keys.json', 'secrets.json', 'api-token'] as const;
/** Owner only. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

const Bundle = z.object({ format: z.literal(1), files: z.partialRecord(z.enum(KEY_FILES), z.string()) });

/** Writes the keys and secrets of an installation into one file, on the disk when this resolves. */
export async function writeKeyBundle(home: string, path: string): Promise<void> {
  const files: z.infer<typeof Bundle>['files'] = {};
  for (const name of KEY_FILES) {
    const text = await readFile(join(home, name), 'utf8').catch(ifMissing);
    if (text !== undefined) files[name] = text;
  }
  const handle = await open(path, 'w', PRIVATE);
  try {
    await handle.chmod(PRIVATE);
    await handle.writeFile(JSON.stringify({ format: 1, files }));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts the files of a bundle into a folder and opens its key ring. */
export async function restoreKeyBundle(path: string, home: string): Promise<KeyRing> {
  const bundle = Bundle.safeParse(parsed(await readFile(path, 'utf8')));
  if (!bundle.success || bundle.data.files['keys.json'] === undefined) {
    throw applicationException(
      'validation',
      `${path} holds no keys of a backup, or is damaged. To fix: use another copy`,
    );
  }
  await mkdir(home, { recursive: true, mode: PRIVATE_FOLDER });
  for (const [name, text] of Object.entries(bundle.data.files)) {
    await writeFile(join(home, name), text, { mode: PRIVATE, flag: 'wx', flush: true });
  }
  return openKeyRing(join(home, 'keys.json'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
