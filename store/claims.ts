import type { Kysely } from 'kysely';
import type { InvoiceFigures } from '../core/model/invoice-figures.ts';
import type { Database } from './database.ts';

/** Business keys, each owned by the first run that claims it: how a duplicate invoice is known. */
export class Claims {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Claims `key` for `run`, with the figures by which a duplicate is compared. Returns the owner: `run` itself (also
   * when it claims again, with figures that were corrected), or the run that was first.
   */
  async claim(key: string, run: string, figures?: InvoiceFigures): Promise<string> {
    const text = figures && JSON.stringify(figures);
    await this.#db
      .insertInto('claims')
      .values({ key, run, claimed_at: new Date().toISOString(), figures: text ?? null })
      .onConflict((c) => c.column('key').doNothing())
      .execute();
    const row = await this.#db.selectFrom('claims').select('run').where('key', '=', key).executeTakeFirstOrThrow();
    if (row.run === run && text !== undefined) {
      await this.#db
        .updateTable('claims')
        .set({ figures: text })
        .where('key', '=', key)
        .where('run', '=', run)
        .execute();
    }
    return row.run;
  }

  /** Who owns a key, and what the invoice said; figures are unknown of claims that an earlier release made. */
  async find(key: string): Promise<{ run: string; figures: InvoiceFigures | null } | undefined> {
    return this.#db.selectFrom('claims').select(['run', 'figures']).where('key', '=', key).executeTakeFirst();
  }

  /** Hands a key of `from` to `to`, where `from` still has it. Returns the owner afterwards: only one of many wins. */
  async transfer(key: string, from: string, to: string, figures?: InvoiceFigures): Promise<string> {
    await this.#db.updateTable('claims').set({ run: to }).where('key', '=', key).where('run', '=', from).execute();
    return this.claim(key, to, figures);
  }

  /** Gives a key back, if `run` owns it: a rejected invoice may come again, corrected. */
  async release(key: string, run: string): Promise<void> {
    await this.#db.deleteFrom('claims').where('key', '=', key).where('run', '=', run).execute();
  }
}
