import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { applicationException } from '../core/model/problem.ts';
import { type ConnectOptions, connect } from './connect.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/** Rows that are held in memory at once; the widest, an event or a definition, has some 100 kB. */
const ROWS_AT_ONCE = 200;

/** Rows of one table, each as PostgreSQL's own JSON of it. */
export type TableRows = { table: string; rows: string[] };

export type DumpOptions = {
  /** Called when the moment is fixed that the dump shows, and before anything else is written on an embedded store. */
  begun?: () => Promise<void>;
  /** Called for every batch of rows; tables that others refer to come first. */
  take: (rows: TableRows) => Promise<void>;
};

/**
 * Reads every table as it is at one moment, while others write (PostgreSQL: repeatable read; PGlite has one connection,
 * so others wait). The same rows go into either database again.
 * @returns the migration up to which the schema is
 */
export async function dumpStore(db: Kysely<Database>, { begun, take }: DumpOptions): Promise<string> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      // The first query fixes the moment (PostgreSQL 17 documentation, 13.2.2).
      const { rows: applied } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
        tx,
      );
      // The same text of a time on every server.
      await sql`set local time zone 'UTC'`.execute(tx);
      await begun?.();
      for (const table of await tablesInOrder(tx)) await dumpTable(tx, table, take);
      return applied.at(-1)?.name ?? '';
    });
}

async function dumpTable(tx: Transaction<Database>, table: string, take: DumpOptions['take']): Promise<void> {
  await sql`declare dump no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(
    tx,
  );
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from dump`.execute(tx);
    if (rows.length > 0) await take({ table, rows: rows.map(({ row }) => row) });
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close dump`.execute(tx);
}

/** Our tables, each after those that it refers to. */
async function tablesInOrder(tx: Transaction<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string; refers: string[] }>`
    select t.tablename as name, coalesce(array_agg(f.relname::text) filter (where f.relname is not null), '{}') as refers
    from pg_tables t
    left join pg_constraint c on c.contype = 'f' and c.conrelid = to_regclass(t.tablename) and c.confrelid <> c.conrelid
    left join pg_class f on f.oid = c.confrelid
    where t.schemaname = current_schema() and t.tablename not like 'kysely\\_%'
    group by t.tablename order by t.tablename`.execute(tx);
  const ordered: string[] = [];
  for (let left = rows; left.length > 0;) {
    const next = left.filter(({ refers }) => refers.every((name) => ordered.includes(name)));
    if (next.length === 0) throw new Error('tables of the store refer to each other in a circle');
    ordered.push(...next.map(({ name }) => name));
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}

/**
 * Puts a dump into an empty database and brings the schema up to date. Everything or nothing.
 * @param schema the migration up to which the schema of the dump is
 */
export async function loadDump(
  options: ConnectOptions,
  schema: string,
  batches: AsyncIterable<TableRows>,
): Promise<void> {
  const db = await connect(options);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  try {
    await refuseUsed(db);
    const { error } = await migrator.migrateTo(schema);
    if (error) {
      throw applicationException(
        'configuration',
        `the backup has a schema ("${schema}") that this version does not know. To fix: restore it with the version that made it, or a newer one`,
        { cause: error },
      );
    }
    await db.transaction().execute(async (tx) => {
      for await (const { table, rows } of batches) {
        const name = sql.table(table);
        const json = `[${rows.join(',')}]`;
        await sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${json}::json)`.execute(tx);
      }
    });
    const latest = await migrator.migrateToLatest();
    if (latest.error) throw new Error('the migrations of the restored store failed', { cause: latest.error });
  } finally {
    await db.destroy();
  }
}

async function refuseUsed(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql`select 1 from pg_tables where schemaname = current_schema() limit 1`.execute(db);
  if (rows.length === 0) return;
  throw applicationException('configuration', 'the database has tables. To fix: restore into an empty database');
}
