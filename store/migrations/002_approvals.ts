import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Requests to people, who is asked in which round, what they decided, and drafts of the validation station. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('approvals')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('task', 'text', (c) => c.notNull())
    .addColumn('definition', 'jsonb', (c) => c.notNull())
    .addColumn('about', 'jsonb', (c) => c.notNull())
    .addColumn('file', 'jsonb')
    .addColumn('pages', 'jsonb', (c) => c.notNull())
    .addColumn('findings', 'jsonb', (c) => c.notNull())
    .addColumn('rounds', 'jsonb', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addColumn('closed_at', 'timestamptz')
    .execute();
  await sql`create index approvals_run on approvals (run)`.execute(db);
  await db.schema
    .createTable('approval_requests')
    .addColumn('approval', 'text', (c) => c.notNull().references('approvals.id'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('approver', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'timestamptz', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('reminders', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('approval_requests_pk', ['approval', 'round', 'approver'])
    .execute();
  await db.schema
    .createTable('approval_decisions')
    .addColumn('approval', 'text', (c) => c.notNull().references('approvals.id'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('approver', 'text', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('corrections', 'jsonb', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    // One decision a round: the database holds the line even if code above it were wrong.
    .addPrimaryKeyConstraint('approval_decisions_pk', ['approval', 'round'])
    .execute();
}
