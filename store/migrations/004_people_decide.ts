import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Several decisions a round, changes, the trail of what decides nothing, codes and digests. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('approvals')
    .addColumn('changes', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('barred', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('code_needed', 'boolean', (c) => c.notNull().defaultTo(false))
    .execute();
  await db.schema
    .alterTable('approval_requests')
    .addColumn('because', 'text', (c) => c.notNull().defaultTo('asked'))
    .addColumn('in_place_of', 'text')
    .addColumn('digest_at', 'timestamptz')
    .execute();
  await db.schema
    .alterTable('approval_decisions')
    .addColumn('comment', 'text')
    .addColumn('changes', 'jsonb', (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn('factor', 'text')
    .addColumn('on_behalf_of', 'text')
    .execute();
  // One decision a person and round: of n decisions of one round each is of somebody else, whatever the code above does.
  await sql`alter table approval_decisions drop constraint approval_decisions_pk`.execute(db);
  await sql`alter table approval_decisions add constraint approval_decisions_pk primary key (approval, round, approver)`.execute(
    db,
  );
  await createTrail(db);
  await createCodes(db);
  await createDigests(db);
}

async function createTrail(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('approval_trail')
    .addColumn('approval', 'text', (c) => c.notNull().references('approvals.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('by', 'text')
    .addColumn('to', 'text')
    .addColumn('text', 'text')
    .addColumn('answers', 'integer')
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('approval_trail_pk', ['approval', 'seq'])
    .execute();
}

async function createCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('approval_codes')
    .addColumn('approval', 'text', (c) => c.notNull().references('approvals.id'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('approver', 'text', (c) => c.notNull())
    .addColumn('salt', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('approval_codes_pk', ['approval', 'round', 'approver'])
    .execute();
  await db.schema
    .createTable('authenticator_uses')
    .addColumn('person', 'text', (c) => c.primaryKey())
    .addColumn('step', 'bigint', (c) => c.notNull())
    .execute();
}

async function createDigests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('approval_digests')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('approver', 'text', (c) => c.notNull())
    .addColumn('at', 'timestamptz', (c) => c.notNull())
    .addColumn('requests', 'jsonb', (c) => c.notNull())
    .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
    .execute();
  await sql`create index approval_requests_gathered on approval_requests (approver, digest_at)`.execute(db);
  await db.schema
    .createTable('approval_mails')
    .addColumn('approval', 'text', (c) => c.notNull().references('approvals.id'))
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('to', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('approval_mails_pk', ['approval', 'message_id'])
    .execute();
  await sql`create index approval_mails_id on approval_mails (message_id)`.execute(db);
}
