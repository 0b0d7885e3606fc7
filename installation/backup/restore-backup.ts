import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { applicationException } from '../../core/model/problem.ts';
import { loadDump, type TableRows } from '../../store/dump.ts';
import { openStore } from '../../store/index.ts';
import { databaseOf } from '../embedded/leftover.ts';
import { createSealer } from '../keys/seal.ts';
import type { Sealer } from '../../core/model/sealer.ts';
import { type Manifest, openParts, verifyBackup } from './archive.ts';
import { restoreKeyBundle } from './key-bundle.ts';

/** Owner only. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

export type RestoreOptions = {
  /** State folder: absent or empty. */
  home: string;
  file: string;
  keys: string;
  /** An empty PostgreSQL database; without it, the embedded one in `home`. */
  databaseUrl?: string | undefined;
};

/**
 * Makes an installation out of a backup. All of the backup is verified before anything is written but the keys, and a
 * restore that fails leaves the folder empty.
 * @throws a configuration error where the folder is in use, a validation error that names what is damaged
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { home, file, keys, databaseUrl } = options;
  await refuseUsed(home);
  try {
    const sealer = createSealer(await restoreKeyBundle(keys, home), 'backups');
    const manifest = await verifyBackup(file, sealer);
    await loadDump({ dir: home, databaseUrl }, manifest.schema, tablesIn(file, sealer));
    await restoreFiles(file, sealer, home);
    await note(options, manifest);
    return manifest;
  } catch (error) {
    for (const name of await readdir(home).catch(() => []))
      await rm(join(home, name), { recursive: true, force: true });
    throw error;
  }
}

async function refuseUsed(home: string): Promise<void> {
  const found = await readdir(home).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (found.length === 0) return;
  throw applicationException('configuration', `${home} is not empty. To fix: restore into an empty folder (--home)`);
}

async function* tablesIn(file: string, sealer: Sealer): AsyncGenerator<TableRows> {
  for await (const { name, content } of openParts(file, sealer)) {
    const table = /^store\/\d+-(\w+)$/.exec(name)?.[1];
    if (table !== undefined) yield { table, rows: Buffer.from(content).toString().split('\n') };
  }
}

async function restoreFiles(file: string, sealer: Sealer, home: string): Promise<void> {
  for await (const { name, content } of openParts(file, sealer)) {
    if (name.startsWith('temporal/')) await write(databaseOf(home), content, 'a');
    if (name.startsWith('files/')) await write(within(home, name.slice('files/'.length)), content, 'wx');
  }
}

async function write(path: string, content: Uint8Array, flags: 'a' | 'wx'): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const handle = await open(path, flags, PRIVATE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** No part gets out of the folder, whatever it is called. */
function within(home: string, name: string): string {
  const path = resolve(home, name);
  if (path.startsWith(`${resolve(home)}${sep}`)) return path;
  throw applicationException('validation', `the backup has a part "${name}" that lies outside of the folder`);
}

async function note({ home, file, databaseUrl }: RestoreOptions, { made }: Manifest): Promise<void> {
  const store = await openStore({ dir: home, databaseUrl });
  await store.audit.append({ actor: 'bot:backup', action: 'backup.restored', details: { file, made } });
  await store.close();
}
