import type { Kysely } from 'kysely';

/** Departments: whose subscriptions, people and tokens are, what is not deployed any more, and what waits for a second author. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('subscriptions').addColumn('department', 'text').execute();
  await db.schema.alterTable('users').addColumn('departments', 'jsonb').execute();
  await db.schema.alterTable('api_tokens').addColumn('departments', 'jsonb').execute();
  await db.schema.alterTable('definitions').addColumn('undeployed_at', 'timestamptz').execute();
  await db.schema
    .createTable('deploy_proposals')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('namespace', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('request', 'jsonb', (c) => c.notNull())
    .addColumn('proposed_by', 'text', (c) => c.notNull())
    .addColumn('proposed_at', 'timestamptz', (c) => c.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'timestamptz')
    .addColumn('outcome', 'text')
    .execute();
}
