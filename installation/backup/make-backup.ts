import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import packageFile from '../../package.json' with { type: 'json' };
import { dumpStore } from '../../store/dump.ts';
import type { Store } from '../../store/index.ts';
import { copyTemporalState } from '../embedded/copy-state.ts';
import { openKeyRing } from '../keys/key-ring.ts';
import { createSealer } from '../keys/seal.ts';
import { BackupWriter, type Manifest } from './archive.ts';
import { KEY_FILES, writeKeyBundle } from './key-bundle.ts';

/** Length of one part of Temporal's file, in bytes. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** Digits of a part's number: parts sort as they were written. */
const DIGITS = 6;
/**
 * What of the state folder is not copied as it is: the database is dumped and Temporal's file copied at one moment, keys
 * go apart, and the rest is made again (sessions of browsers, notes of the processes that run).
 */
const LEFT_OUT = new Set<string>([...KEY_FILES, 'database', 'forms', 'server.json', 'temporal.log', 'temporal.pid']);

export type BackupOptions = {
  home: string;
  store: Store;
  /** File that is written. */
  file: string;
  /** File for the keys and secrets, without which nothing in the backup can be read. */
  keys: string;
};

/**
 * Backs up an installation while it runs. The store is read at one moment, and Temporal's file is copied while that
 * moment lasts: together they are what a crash at that moment leaves, from which every start goes on. Artefacts come
 * after it, so that all that the store knows are there.
 */
export async function makeBackup({ home, store, file, keys }: BackupOptions): Promise<Manifest> {
  await store.audit.append({ actor: 'bot:backup', action: 'backup.made', details: { file } });
  const made = new Date().toISOString();
  const ring = await openKeyRing(join(home, 'keys.json'));
  const writer = new BackupWriter(file, createSealer(ring, 'backups'));
  const scratch = await mkdtemp(join(dirname(file), '.zaplecze-backup-'));
  try {
    const schema = await addStore(writer, store, home, join(scratch, 'temporal.db'));
    await addFiles(writer, home);
    await writeKeyBundle(home, keys);
    return await writer.close({ made, program: packageFile.version, schema });
  } catch (error) {
    await writer.abandon();
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function addStore(writer: BackupWriter, store: Store, home: string, copy: string): Promise<string> {
  let number = 0;
  let hasTemporal = false;
  const schema = await dumpStore(store.db, {
    begun: async () => {
      hasTemporal = await copyTemporalState(home, copy);
    },
    take: async ({ table, rows }) => {
      await writer.add(`store/${numbered(number++)}-${table}`, Buffer.from(rows.join('\n')));
    },
  });
  if (!hasTemporal) return schema;
  let piece = 0;
  for await (const chunk of createReadStream(copy, { highWaterMark: PIECE_BYTES })) {
    await writer.add(`temporal/${numbered(piece++)}`, Buffer.from(chunk as Uint8Array));
  }
  return schema;
}

/** Artefacts and workbooks. A file that is gone by now (a draft, or erased) was not there at that moment. */
async function addFiles(writer: BackupWriter, home: string): Promise<void> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const name = relative(home, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (LEFT_OUT.has(name.split('/')[0] ?? '') || name.startsWith('temporal.db')) continue;
    const content = await readFile(join(home, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (content) await writer.add(`files/${name}`, content);
  }
}

const numbered = (number: number): string => String(number).padStart(DIGITS, '0');
