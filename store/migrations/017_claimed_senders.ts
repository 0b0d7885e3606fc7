import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Comments whose sender is not verified are nobody's: the address that their mail names stands apart. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('approval_trail').addColumn('claimed', 'text').execute();
  // Until now nobody verified any sender.
  await sql`update approval_trail set claimed = "by", "by" = null where kind = 'comment'`.execute(db);
}
