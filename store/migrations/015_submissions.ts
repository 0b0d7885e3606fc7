import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Forms that people fill in and hand in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('submissions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('department', 'text', (c) => c.notNull())
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('typed', 'jsonb', (c) => c.notNull())
    .addColumn('files', 'jsonb', (c) => c.notNull())
    .addColumn('fields', 'jsonb')
    .addColumn('values', 'jsonb')
    .addColumn('runs', 'jsonb', (c) => c.notNull())
    .addColumn('saved_at', 'timestamptz', (c) => c.notNull())
    .addColumn('sent_at', 'timestamptz')
    .execute();
  await db.schema.createIndex('submissions_of_person').on('submissions').columns(['person', 'sent_at']).execute();
  // One draft of a form for each person: two tabs write the same.
  await sql`create unique index submissions_drafts on submissions (person, department, form) where status = 'draft'`.execute(
    db,
  );
}
