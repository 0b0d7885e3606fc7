import type { Kysely } from 'kysely';

/** What has happened to each file that is put into a place, by the key of the call. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('file_puts')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .execute();
}
