import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { ArtefactId } from '../core/model/artefact.ts';
import { applicationException } from '../core/model/problem.ts';
import type { Sealer } from '../core/model/sealer.ts';
import type { Database } from './database.ts';
import { openedFile, sealedFile } from './sealed-file.ts';

/** Mails are bounded at 50 MB by most servers; a scan is smaller. Anything beyond is no back-office document. */
export const MAX_ARTEFACT_BYTES = 64 * 1024 * 1024;

/** Owner only. */
const PRIVATE = 0o600;
const PRIVATE_FOLDER = 0o700;

/**
 * Content-addressed files on disk, with their names in the database. Writing the same content twice stores it once. With
 * a sealer, files are sealed; their address is the hash of their content in clear.
 */
export class Artefacts {
  readonly #db: Kysely<Database>;
  readonly #dir: string;
  readonly #sealer: Sealer | undefined;

  constructor(db: Kysely<Database>, dir: string, sealer?: Sealer) {
    this.#sealer = sealer;
    this.#db = db;
    this.#dir = dir;
  }

  /** Stores the bytes (durably, atomically) and returns their reference. Throws a configuration error over the bound. */
  async put(file: FileContent): Promise<Artefact> {
    if (file.bytes.byteLength > MAX_ARTEFACT_BYTES) {
      throw applicationException(
        'validation',
        `${file.name} has ${file.bytes.byteLength} bytes; the most is ${MAX_ARTEFACT_BYTES}`,
      );
    }
    const id = `sha256:${createHash('sha256').update(file.bytes).digest('hex')}`;
    const path = this.#path(id);
    if (!(await exists(path, file.bytes.byteLength))) await writeDurably(path, sealedFile(file.bytes, this.#sealer));
    const size = file.bytes.byteLength;
    await this.#db
      .insertInto('artefacts')
      .values({ id, name: file.name, media_type: file.mediaType, size, created_at: new Date().toISOString() })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    return { id, name: file.name, mediaType: file.mediaType, size };
  }

  /** The bytes behind a reference. A missing or damaged file is a runtime error: nothing is guessed. */
  async get(id: string): Promise<FileContent> {
    const row = await this.#db
      .selectFrom('artefacts')
      .selectAll()
      .where('id', '=', ArtefactId.parse(id))
      .executeTakeFirst();
    if (!row) throw applicationException('runtime', `no artefact ${id} is stored`, { status: 404 });
    const file = await readFile(this.#path(id)).catch((cause: unknown) => {
      throw applicationException('runtime', `the file of artefact ${id} (${row.name}) cannot be read`, { cause });
    });
    const bytes = openedFile(file, this.#sealer);
    if (!bytes || `sha256:${createHash('sha256').update(bytes).digest('hex')}` !== id) {
      throw applicationException(
        'runtime',
        `the file of artefact ${id} (${row.name}) is damaged: restore it from a backup`,
      );
    }
    return { name: row.name, mediaType: row.media_type, bytes };
  }

  #path(id: string): string {
    const hex = id.slice('sha256:'.length);
    return join(this.#dir, hex.slice(0, 2), hex);
  }
}

async function exists(path: string, size: number): Promise<boolean> {
  return stat(path).then(
    (s) => s.size >= size,
    () => false,
  );
}

/** A crash leaves either the whole file or none: temp file, fsync, rename. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const temp = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const handle = await open(temp, 'w', PRIVATE);
  try {
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, path);
  } catch (error) {
    // On a full disk, a part that is left behind would keep it full.
    await rm(temp, { force: true });
    throw error;
  }
}
