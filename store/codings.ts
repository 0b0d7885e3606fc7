import type { Kysely } from 'kysely';
import type { PastCoding } from '../core/model/coding.ts';
import type { Database } from './database.ts';

/** What was booked for a supplier that long ago says little about today. */
const MOST_RECENT = 10;

export type NewCoding = Omit<PastCoding, 'bookedAt'> & { ledger: string; reference: string; supplier: string };

/** Accounts of booked invoices, by supplier: what the next suggestion is made of. */
export class Codings {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Remembers how an invoice was booked; again it changes nothing. */
  async remember({ chosenBy, costCentre, ...coding }: NewCoding): Promise<void> {
    const row = {
      ...coding,
      cost_centre: costCentre ?? null,
      chosen_by: chosenBy ?? null,
      booked_at: new Date().toISOString(),
    };
    await this.#db
      .insertInto('codings')
      .values(row)
      .onConflict((c) => c.columns(['ledger', 'reference']).doNothing())
      .execute();
  }

  /** A booking that was reversed teaches nothing. */
  async forget(ledger: string, reference: string): Promise<void> {
    await this.#db.deleteFrom('codings').where('ledger', '=', ledger).where('reference', '=', reference).execute();
  }

  /** The last bookings of a supplier, newest first. */
  async recent(ledger: string, supplier: string): Promise<PastCoding[]> {
    const rows = await this.#db
      .selectFrom('codings')
      .selectAll()
      .where('ledger', '=', ledger)
      .where('supplier', '=', supplier)
      .orderBy('booked_at', 'desc')
      .limit(MOST_RECENT)
      .execute();
    return rows.map(({ account, cost_centre, chosen_by, number, booked_at }) => ({
      account,
      number,
      bookedAt: booked_at.toISOString(),
      ...(cost_centre === null ? {} : { costCentre: cost_centre }),
      ...(chosen_by === null ? {} : { chosenBy: chosen_by }),
    }));
  }
}
