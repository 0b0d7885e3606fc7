import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Break, ChainedEntry, Head } from './audit-chain.ts';
import { canonical, checkLink, GENESIS, hashOf } from './audit-chain.ts';
import { storable } from '../core/model/text.ts';
import type { AuditTable, Database } from './database.ts';

export type AuditEntry = {
  /** E-mail address of a person, or the name of a bot such as "bot:mailbox". */
  actor: string;
  /** Noun and past participle: "approval.decided", "mail.quarantined". */
  action: string;
  run?: string | undefined;
  details: Record<string, unknown>;
};

/** Which entries: of one run, from a time on (included) to another (not included), ISO 8601. */
export type AuditRange = { run?: string | undefined; from?: string | undefined; to?: string | undefined };

/** How far the chain holds, and where it breaks. */
export type Verification = { entries: number; head: Head; brokenAt?: number; why?: Break['why'] };

/** Any constant: the advisory lock under which entries are chained one at a time. */
const CHAIN_LOCK = 7_230_251;
/** Entries read at once while a trail of years is walked. */
const BATCH = 1000;

/** Append-only, hash-chained trail: each entry's hash covers the one before it, so that a change or a gap shows. */
export class Audit {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Appends one entry and returns its number. */
  async append(entry: AuditEntry): Promise<number> {
    return this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(CHAIN_LOCK)})`.execute(tx);
      const last = await tx
        .selectFrom('audit')
        .select(['seq', 'hash'])
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      const seq = Number(last?.seq ?? 0) + 1;
      const row = {
        seq,
        at: new Date().toISOString(),
        actor: storable(entry.actor),
        action: entry.action,
        run: entry.run === undefined ? null : storable(entry.run),
        previous: last?.hash ?? GENESIS,
      };
      const hash = hashOf({ ...row, details: entry.details });
      await tx
        .insertInto('audit')
        .values({ ...row, details: canonical(entry.details), hash })
        .execute();
      return seq;
    });
  }

  /** Entries of one run, or all, oldest first. */
  async list(run?: string) {
    const query = this.#db.selectFrom('audit').selectAll().orderBy('seq');
    return (run === undefined ? query : query.where('run', '=', run)).execute();
  }

  /** The newest entries below a number, newest first. */
  async page(options: AuditRange & { below?: number | undefined; limit: number }): Promise<ChainedEntry[]> {
    const rows = await this.#select(options)
      .$if(options.below !== undefined, (query) => query.where('seq', '<', String(options.below)))
      .orderBy('seq', 'desc')
      .limit(options.limit)
      .execute();
    return rows.map(toEntry);
  }

  /** Entries of a range, oldest first, read in batches. */
  async *entries(range: AuditRange = {}): AsyncGenerator<ChainedEntry> {
    for (let after = 0; ;) {
      const rows = await this.#select(range).where('seq', '>', String(after)).orderBy('seq').limit(BATCH).execute();
      for (const row of rows) yield toEntry(row);
      if (rows.length < BATCH) return;
      after = Number(rows.at(-1)?.seq ?? after);
    }
  }

  /**
   * Walks the chain: how many entries hold, and which is the first that does not. That the newest entries were cut off
   * shows only to whoever kept an earlier head.
   */
  async verify(): Promise<Verification> {
    let head: Head = { seq: 0, hash: GENESIS };
    for await (const entry of this.entries()) {
      const broken = checkLink(head, entry);
      if (broken) return { entries: head.seq, head, brokenAt: broken.seq, why: broken.why };
      head = { seq: entry.seq, hash: entry.hash };
    }
    return { entries: head.seq, head };
  }

  #select({ run, from, to }: AuditRange) {
    let query = this.#db.selectFrom('audit').selectAll();
    if (run !== undefined) query = query.where('run', '=', run);
    if (from !== undefined) query = query.where('at', '>=', new Date(from));
    if (to !== undefined) query = query.where('at', '<', new Date(to));
    return query;
  }
}

function toEntry({ seq, at, ...rest }: Selectable<AuditTable>): ChainedEntry {
  return { ...rest, seq: Number(seq), at: at.toISOString() };
}
