import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** 128 bits: no two digests share an id, and none can be guessed. */
const ID_BYTES = 16;

export type DigestRequest = { approval: string; round: number };
export type ApprovalDigest = { id: string; approver: string; requests: DigestRequest[]; expiresAt: Date };

/** Mails that ask one person for several decisions. */
export class ApprovalDigests {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * The digest of a person and a time: made of what is gathered and still open when it is first asked for, and from
   * then on the same for everyone who asks. `mine` is true for whoever made it.
   */
  async gather(approver: string, at: Date): Promise<ApprovalDigest & { mine: boolean }> {
    const hash = createHash('sha256').update(`${approver.toLowerCase()} ${at.toISOString()}`);
    const id = `dig_${hash.digest().subarray(0, ID_BYTES).toString('base64url')}`;
    const waiting = await this.#waiting(approver, at);
    const latest = Math.max(at.getTime(), ...waiting.map(({ expires_at }) => expires_at.getTime()));
    const written = await this.#db
      .insertInto('approval_digests')
      .values({
        id,
        approver,
        at: at.toISOString(),
        requests: JSON.stringify(waiting.map(({ approval, round }) => ({ approval, round }))),
        expires_at: new Date(latest).toISOString(),
      })
      .onConflict((c) => c.column('id').doNothing())
      .executeTakeFirst();
    const mine = (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
    const found = await this.find(id);
    if (!found) throw new Error(`the digest ${id} was written and is not there`);
    return { ...found, mine };
  }

  async find(id: string): Promise<ApprovalDigest | undefined> {
    const row = await this.#db.selectFrom('approval_digests').selectAll().where('id', '=', id).executeTakeFirst();
    return row && { id: row.id, approver: row.approver, requests: row.requests, expiresAt: row.expires_at };
  }

  #waiting(approver: string, at: Date) {
    return this.#db
      .selectFrom('approval_requests')
      .innerJoin('approvals', 'approvals.id', 'approval_requests.approval')
      .select(['approval_requests.approval', 'approval_requests.round', 'approvals.expires_at'])
      .where('approval_requests.approver', '=', approver)
      .where('approval_requests.digest_at', '=', sql<Date>`${at.toISOString()}::timestamptz`)
      .where('approvals.status', '=', 'open')
      .orderBy('approvals.created_at')
      .orderBy('approvals.id')
      .execute();
  }
}
