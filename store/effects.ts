import { sql, type Kysely } from 'kysely';
import type { EffectNotes, Noted } from '../core/model/effect.ts';
import type { Database } from './database.ts';

/** Notes about effects on the outside, seen by every worker: what one began and did not end, the next one finds. */
export class Effects implements EffectNotes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async begin(key: string): Promise<Noted> {
    const since = new Date().toISOString();
    const { times } = await this.#db
      .insertInto('effects')
      .values({ key, since, times: 1, doubted: false })
      .onConflict((c) => c.column('key').doUpdateSet({ since, times: sql`effects.times + 1`, doubted: false }))
      .returning('times')
      .executeTakeFirstOrThrow();
    return { since, times, doubted: false };
  }

  async pending(key: string): Promise<Noted | undefined> {
    const row = await this.#db.selectFrom('effects').selectAll().where('key', '=', key).executeTakeFirst();
    return row && { since: row.since, times: row.times, doubted: row.doubted };
  }

  async doubt(key: string): Promise<void> {
    await this.#db.updateTable('effects').set({ doubted: true }).where('key', '=', key).execute();
  }

  async clear(key: string): Promise<void> {
    await this.#db.deleteFrom('effects').where('key', '=', key).execute();
  }
}
