import type { Kysely, Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { AssignmentsTable } from './people-tables.ts';

export type AssignmentRow = Selectable<AssignmentsTable>;

/** Who among the operators takes care of which incident. */
export class Assignments {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async assign(entry: { incident: string; run: string; assignee: string; by: string }, now: Date): Promise<void> {
    const values = { assignee: entry.assignee.toLowerCase(), by: entry.by, at: now.toISOString() };
    await this.#db
      .insertInto('assignments')
      .values({ incident: entry.incident, run: entry.run, ...values })
      .onConflict((c) => c.column('incident').doUpdateSet(values))
      .execute();
  }

  /** Assignments of these incidents, by incident. */
  async of(incidents: readonly string[]): Promise<ReadonlyMap<string, AssignmentRow>> {
    if (incidents.length === 0) return new Map();
    const rows = await this.#db.selectFrom('assignments').selectAll().where('incident', 'in', incidents).execute();
    return new Map(rows.map((row) => [row.incident, row]));
  }
}
