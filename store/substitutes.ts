import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { SubstitutesTable } from './people-tables.ts';

export type SubstituteRow = Selectable<SubstitutesTable>;

/** Who decides in whose place, and on which days. */
export class Substitutes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** `from` and `to`: days of the company's calendar, ISO 8601, both included. Returns the entry's id. */
  async add(
    entry: { person: string; substitute: string; from: string; to: string; by: string },
    now: Date,
  ): Promise<string> {
    const id = randomUUID();
    await this.#db
      .insertInto('substitutes')
      .values({
        id,
        person: entry.person.toLowerCase(),
        substitute: entry.substitute.toLowerCase(),
        from: entry.from,
        to: entry.to,
        created_by: entry.by.toLowerCase(),
        created_at: now.toISOString(),
      })
      .execute();
    return id;
  }

  /** Takes an entry of that person away. False where they have none of that id. */
  async remove(id: string, person: string): Promise<boolean> {
    const deleted = await this.#db
      .deleteFrom('substitutes')
      .where('id', '=', id)
      .where('person', '=', person.toLowerCase())
      .executeTakeFirst();
    return deleted.numDeletedRows > 0n;
  }

  /** Entries of a person that have not ended before `day`, next first. */
  async of(person: string, day: string): Promise<SubstituteRow[]> {
    return this.#db
      .selectFrom('substitutes')
      .selectAll()
      .where('person', '=', person.toLowerCase())
      .where('to', '>=', day)
      .orderBy('from')
      .execute();
  }

  /** Those for whom a person stands in, now or later. */
  async standingInFor(substitute: string, day: string): Promise<SubstituteRow[]> {
    return this.#db
      .selectFrom('substitutes')
      .selectAll()
      .where('substitute', '=', substitute.toLowerCase())
      .where('to', '>=', day)
      .orderBy('from')
      .execute();
  }

  /** E-mail addresses of those who stand in for a person on that day of the company's calendar. */
  async on(person: string, day: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('substitutes')
      .select('substitute')
      .where('person', '=', person.toLowerCase())
      .where('from', '<=', day)
      .where('to', '>=', day)
      .orderBy('from')
      .execute();
    return [...new Set(rows.map(({ substitute }) => substitute))];
  }
}
