import type { Kysely } from 'kysely';

/** What an invoice said when it was claimed, so that another one of its number can be compared. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('claims').addColumn('figures', 'jsonb').execute();
}
