import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Sealer } from '../core/model/sealer.ts';
import type { Database } from './database.ts';
import { SealedColumns } from './sealed-columns.ts';

/** Connections of one process: its activities and pages seldom need more at once, and PostgreSQL allows 100 by default. */
const POOL_SIZE = 10;
/** A database that does not answer within this is down; the caller retries. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Owner only: it holds everything that came in. */
const PRIVATE_FOLDER = 0o700;

export type ConnectOptions = {
  /** `postgresql://…`; without it, PGlite in `dir`. */
  databaseUrl?: string | undefined;
  /** State folder. */
  dir: string;
  /** Seals artefacts and columns with content. Without it, what is sealed cannot be read. */
  sealers?: { artefacts: Sealer; columns: Sealer } | undefined;
};

/** Opens the database: PostgreSQL by URL, else PGlite embedded in the state folder. Same SQL on both. */
export async function connect(options: ConnectOptions): Promise<Kysely<Database>> {
  const plugins = options.sealers ? [new SealedColumns(options.sealers.columns)] : [];
  if (options.databaseUrl) {
    const pool = new Pool({
      connectionString: options.databaseUrl,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // Without a listener a broken idle connection would end the process; the next query reconnects.
    pool.on('error', () => {});
    return new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins });
  }
  const dir = join(options.dir, 'database');
  await mkdir(dir, { recursive: true, mode: PRIVATE_FOLDER });
  const pglite = await PGlite.create(dir);
  return new Kysely<Database>({ dialect: new PGliteDialect({ pglite }), plugins });
}
