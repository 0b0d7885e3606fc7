import type { Kysely } from 'kysely';

/** What people are asked to do, and what they filled in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('approvals').addColumn('to_do', 'jsonb').execute();
  await db.schema.alterTable('approval_decisions').addColumn('answers', 'jsonb').execute();
}
