import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Business keys, each owned by the first run that claims it: how a duplicate invoice is known. */
export class Claims {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Claims `key` for `run`. Returns the owner: `run` itself (also when it claims again), or the run that was first. */
  async claim(key: string, run: string): Promise<string> {
    await this.#db
      .insertInto('claims')
      .values({ key, run, claimed_at: new Date().toISOString() })
      .onConflict((c) => c.column('key').doNothing())
      .execute();
    const row = await this.#db.selectFrom('claims').select('run').where('key', '=', key).executeTakeFirstOrThrow();
    return row.run;
  }

  /** Hands a key of `from` to `to`, where `from` still has it. Returns the owner afterwards: only one of many wins. */
  async transfer(key: string, from: string, to: string): Promise<string> {
    await this.#db.updateTable('claims').set({ run: to }).where('key', '=', key).where('run', '=', from).execute();
    return this.claim(key, to);
  }

  /** Gives a key back, if `run` owns it: a rejected invoice may come again, corrected. */
  async release(key: string, run: string): Promise<void> {
    await this.#db.deleteFrom('claims').where('key', '=', key).where('run', '=', run).execute();
  }
}
