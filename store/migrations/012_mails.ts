import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Every copy of a mail that was seen in an inbox, and what became of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mails')
    .addColumn('mailbox', 'text', (c) => c.notNull())
    .addColumn('copy', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('content', 'text')
    .addColumn('fate', 'text')
    .addColumn('folder', 'text')
    .addColumn('runs', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('reason', 'text')
    .addColumn('seen_at', 'timestamptz', (c) => c.notNull())
    .addColumn('decided_at', 'timestamptz')
    .addPrimaryKeyConstraint('mails_pk', ['mailbox', 'copy'])
    .execute();
  await sql`create index mails_message on mails (mailbox, message_id)`.execute(db);
}
