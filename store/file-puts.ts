import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** What has happened to a file that is put into a place, by the key of the call. */
export type FilePutState = 'begun' | 'sent' | 'done';

/** Notes on files that were put into places: an attempt that is repeated knows what the one before did. */
export class FilePuts {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async state(key: string): Promise<FilePutState | undefined> {
    const row = await this.#db.selectFrom('file_puts').select('state').where('key', '=', key).executeTakeFirst();
    return row?.state;
  }

  async note(key: string, state: FilePutState): Promise<void> {
    const at = new Date().toISOString();
    await this.#db
      .insertInto('file_puts')
      .values({ key, state, at })
      .onConflict((c) => c.column('key').doUpdateSet({ state, at }))
      .execute();
  }
}
