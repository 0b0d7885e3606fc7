import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

export type Draft = { approver: string; name: string; form: object | null; savedAt: Date | null; seenAt: Date };

/** What people have typed into the station and not yet handed in, and who has a page open. */
export class Drafts {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Notes that a person has the page open and, where there is one, keeps the form as it is typed. */
  async note(
    at: { approval: string; approver: string; name: string },
    form: object | undefined,
    now: Date,
  ): Promise<void> {
    const seen = { name: at.name, seen_at: now.toISOString() };
    const kept = form === undefined ? {} : { form: JSON.stringify(form), saved_at: now.toISOString() };
    await this.#db
      .insertInto('drafts')
      .values({ approval: at.approval, approver: at.approver.toLowerCase(), ...seen, ...kept })
      .onConflict((c) => c.columns(['approval', 'approver']).doUpdateSet({ ...seen, ...kept }))
      .execute();
  }

  /** Everyone who has or had the page of a request open. */
  async of(approval: string): Promise<Draft[]> {
    const rows = await this.#db.selectFrom('drafts').selectAll().where('approval', '=', approval).execute();
    return rows.map(({ approver, name, form, saved_at, seen_at }) => ({
      ...{ approver, name, form },
      savedAt: saved_at,
      seenAt: seen_at,
    }));
  }

  /** Forgets the drafts of a request: it was decided. */
  async forget(approval: string): Promise<void> {
    await this.#db.deleteFrom('drafts').where('approval', '=', approval).execute();
  }
}
