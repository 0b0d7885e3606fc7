import type { Kysely } from 'kysely';

/** Effects on the outside whose outcome is not known yet: written before each, removed once it is known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('effects')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('times', 'integer', (c) => c.notNull())
    .addColumn('doubted', 'boolean', (c) => c.notNull())
    .execute();
}
