import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Accounts of booked invoices, by supplier. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('codings')
    .addColumn('ledger', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('supplier', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('cost_centre', 'text')
    .addColumn('chosen_by', 'text')
    .addColumn('booked_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('codings_pk', ['ledger', 'reference'])
    .execute();
  await sql`create index codings_supplier on codings (ledger, supplier, booked_at desc)`.execute(db);
}
