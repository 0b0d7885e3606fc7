import type { Kysely, Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { SignInsTable } from './people-tables.ts';

export type SignInRow = Selectable<SignInsTable>;

/** Longer than anything asks for them: the hour in which codes are counted, the day of a session. Who signed in stands in the trail. */
export const SIGN_INS_KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Requests to sign in, and the sessions that came of them. */
export class SignIns {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async begin(signIn: { id: string; email: string; codeHash: string; expiresAt: Date }, now: Date): Promise<void> {
    await this.#forget('sign_ins', now);
    await this.#db
      .insertInto('sign_ins')
      .values({
        id: signIn.id,
        email: signIn.email.toLowerCase(),
        code_hash: signIn.codeHash,
        attempts: 0,
        created_at: now.toISOString(),
        expires_at: signIn.expiresAt.toISOString(),
      })
      .execute();
  }

  /** How many mails a person was sent since then. */
  async countSince(email: string, since: Date): Promise<number> {
    const { count } = await this.#db
      .selectFrom('sign_ins')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('email', '=', email.toLowerCase())
      .where('created_at', '>', since)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async find(id: string): Promise<SignInRow | undefined> {
    return this.#db.selectFrom('sign_ins').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** Counts an attempt at the code before it is compared; undefined when there were `most` already, or it is over. */
  async attempt(id: string, most: number, now: Date): Promise<SignInRow | undefined> {
    return this.#db
      .updateTable('sign_ins')
      .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
      .where('id', '=', id)
      .where('attempts', '<', most)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst();
  }

  /** Uses a request up. Of two at once only one gets true. */
  async use(id: string, now: Date): Promise<boolean> {
    const updated = await this.#db
      .updateTable('sign_ins')
      .set({ used_at: now.toISOString() })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  async openSession(session: { id: string; email: string; expiresAt: Date }, now: Date): Promise<void> {
    await this.#forget('sessions', now);
    await this.#db
      .insertInto('sessions')
      .values({
        id: session.id,
        email: session.email.toLowerCase(),
        created_at: now.toISOString(),
        expires_at: session.expiresAt.toISOString(),
      })
      .execute();
  }

  /** What is long over goes as something new comes: nobody has to sweep. */
  async #forget(table: 'sign_ins' | 'sessions', now: Date): Promise<void> {
    const before = new Date(now.getTime() - SIGN_INS_KEPT_DAYS * DAY_MS);
    await this.#db.deleteFrom(table).where('expires_at', '<', before).execute();
  }

  /** Whose session it is, as long as it goes on. */
  async personOf(session: string, now: Date): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('sessions')
      .select('email')
      .where('id', '=', session)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row?.email;
  }

  async endSession(session: string, now: Date): Promise<void> {
    await this.#db.updateTable('sessions').set({ ended_at: now.toISOString() }).where('id', '=', session).execute();
  }

  /** Ends all sessions of a person: their rights were taken away, or a device was lost. */
  async endSessionsOf(email: string, now: Date): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ ended_at: now.toISOString() })
      .where('email', '=', email.toLowerCase())
      .where('ended_at', 'is', null)
      .execute();
  }
}
