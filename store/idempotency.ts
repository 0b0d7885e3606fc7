import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Answers are kept for a day: whoever repeats a request later means a new one. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** A request takes no longer; what is older and has no answer was lost in a crash, and may be made again. */
const LOST_AFTER_MS = 2 * 60 * 1000;

/** What is known of a key: nothing (the caller goes on), another request, one under way, or the answer. */
export type Known =
  { known: 'new' } | { known: 'other' } | { known: 'under-way' } | { known: 'answer'; status: number; body: string };

/** Idempotency keys of the API, by token. */
export class Idempotency {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Takes a key for a request, named by a hash of all that it says. */
  async begin(token: string, key: string, request: string, now: Date): Promise<Known> {
    const before = (ms: number): Date => new Date(now.getTime() - ms);
    await this.#db
      .deleteFrom('idempotency')
      .where((eb) =>
        eb.or([
          eb('created_at', '<', before(KEPT_MS)),
          eb.and([eb('status', 'is', null), eb('created_at', '<', before(LOST_AFTER_MS))]),
        ]),
      )
      .execute();
    const inserted = await this.#db
      .insertInto('idempotency')
      .values({ token, key, request, created_at: now.toISOString() })
      .onConflict((c) => c.columns(['token', 'key']).doNothing())
      .returning('key')
      .executeTakeFirst();
    if (inserted) return { known: 'new' };
    const row = await this.#db
      .selectFrom('idempotency')
      .selectAll()
      .where('token', '=', token)
      .where('key', '=', key)
      .executeTakeFirst();
    if (row && row.request !== request) return { known: 'other' };
    if (row?.status == null) return { known: 'under-way' };
    return { known: 'answer', status: row.status, body: row.body ?? '' };
  }

  async answered(token: string, key: string, answer: { status: number; body: string }): Promise<void> {
    await this.#db.updateTable('idempotency').set(answer).where('token', '=', token).where('key', '=', key).execute();
  }

  /** Gives a key back: nothing was done, the same request may be made again. */
  async release(token: string, key: string): Promise<void> {
    await this.#db.deleteFrom('idempotency').where('token', '=', token).where('key', '=', key).execute();
  }
}
