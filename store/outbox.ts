import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** What happened to a mail: the row is written before sending, so that a crash in between shows. */
export type OutboxRow = { messageId: string; sent: boolean; result: object | null };

/** Mails by idempotency key. */
export class Outbox {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Notes that a mail is about to be sent. Returns what is known of that key, also from an earlier attempt. */
  async begin(key: string, messageId: string, recipients: string[]): Promise<OutboxRow> {
    await this.#db
      .insertInto('outbox')
      .values({
        key,
        message_id: messageId,
        recipients: JSON.stringify(recipients),
        created_at: new Date().toISOString(),
      })
      .onConflict((c) => c.column('key').doNothing())
      .execute();
    const row = await this.#db.selectFrom('outbox').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
    return { messageId: row.message_id, sent: row.sent_at !== null, result: row.result };
  }

  /** Message-ID of a mail that the server has taken; undefined for one that was not sent. */
  async find(key: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('outbox')
      .select('message_id')
      .where('key', '=', key)
      .where('sent_at', 'is not', null)
      .executeTakeFirst();
    return row?.message_id;
  }

  /** Notes that the server took it. */
  async sent(key: string, result: object): Promise<void> {
    await this.#db
      .updateTable('outbox')
      .set({ sent_at: new Date().toISOString(), result: JSON.stringify(result) })
      .where('key', '=', key)
      .execute();
  }
}
