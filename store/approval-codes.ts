import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** A code of six digits that can be tried five times is guessed once in 200,000. */
export const MAX_CODE_TRIES = 5;
/** An authenticator's code changes every 30 s and three of them hold at once: ten tries are guessed once in 33,000. */
const MAX_AUTHENTICATOR_TRIES = 10;
/** Longer than any request waits: the count of tries has no other end than the request's. */
const NEVER = '9999-12-31T00:00:00.000Z';
const SALT_BYTES = 16;

/** Whose code it is. */
export type CodeOf = { approval: string; round: number; approver: string };

/** Second factors: codes by mail, and which time steps of authenticators have been used. */
export class ApprovalCodes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps a fresh code, as a salted hash; the one before stops working, and so does its count of tries. */
  async keep({ approval, round, approver }: CodeOf, code: string, expiresAt: Date): Promise<void> {
    const salt = randomBytes(SALT_BYTES).toString('base64url');
    const fresh = { salt, hash: hashOf(salt, code), tries: 0, expires_at: expiresAt.toISOString() };
    await this.#db
      .insertInto('approval_codes')
      .values({ approval, round, approver: approver.toLowerCase(), ...fresh })
      .onConflict((c) => c.columns(['approval', 'round', 'approver']).doUpdateSet(fresh))
      .execute();
  }

  /** Tries a code. The try is counted before it is compared, so that tries at the same moment count as many. */
  async check(
    { approval, round, approver }: CodeOf,
    code: string,
    now: Date,
  ): Promise<'right' | 'wrong' | 'used-up' | 'none'> {
    const row = await this.#db
      .updateTable('approval_codes')
      .set({ tries: sql<number>`tries + 1` })
      .where('approval', '=', approval)
      .where('round', '=', round)
      .where('approver', '=', approver.toLowerCase())
      .returningAll()
      .executeTakeFirst();
    if (!row || row.expires_at <= now) return 'none';
    if (row.tries > MAX_CODE_TRIES) return 'used-up';
    return timingSafeEqual(Buffer.from(row.hash), Buffer.from(hashOf(row.salt, code))) ? 'right' : 'wrong';
  }

  /** Counts a try of an authenticator. False when there were too many for this request. */
  async countTry({ approval, round, approver }: CodeOf): Promise<boolean> {
    const row = await this.#db
      .insertInto('approval_codes')
      .values({ approval, round, approver: approver.toLowerCase(), salt: '', hash: '', tries: 1, expires_at: NEVER })
      .onConflict((c) =>
        c.columns(['approval', 'round', 'approver']).doUpdateSet({ tries: sql<number>`approval_codes.tries + 1` }),
      )
      .returning('tries')
      .executeTakeFirstOrThrow();
    return row.tries <= MAX_AUTHENTICATOR_TRIES;
  }

  /** Notes that a time step of an authenticator was used. False when it, or a later one, had been before. */
  async useStep(person: string, step: number): Promise<boolean> {
    const written = await this.#db
      .insertInto('authenticator_uses')
      .values({ person: person.toLowerCase(), step })
      .onConflict((c) => c.column('person').doUpdateSet({ step }).where('authenticator_uses.step', '<', step))
      .executeTakeFirst();
    return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
}

function hashOf(salt: string, code: string): string {
  return createHash('sha256').update(`${salt} ${code}`).digest('hex');
}
