import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';

export type AuditEntry = {
  /** E-mail address of a person, or the name of a bot such as "bot:mailbox". */
  actor: string;
  /** Noun and past participle: "approval.decided", "mail.quarantined". */
  action: string;
  run?: string | undefined;
  details: Record<string, unknown>;
};

/** Hash before the first entry. */
const GENESIS = '0'.repeat(64);
/** Any constant: the advisory lock under which entries are chained one at a time. */
const CHAIN_LOCK = 7_230_251;

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
        actor: entry.actor,
        action: entry.action,
        run: entry.run ?? null,
        details: canonical(entry.details),
        previous: last?.hash ?? GENESIS,
      };
      await tx
        .insertInto('audit')
        .values({ ...row, hash: digest(row) })
        .execute();
      return seq;
    });
  }

  /** Entries of one run, or all, oldest first. */
  async list(run?: string) {
    const query = this.#db.selectFrom('audit').selectAll().orderBy('seq');
    return (run === undefined ? query : query.where('run', '=', run)).execute();
  }

  /** Walks the chain. Returns how many entries hold, and the number of the first that does not. */
  async verify(): Promise<{ entries: number; brokenAt?: number }> {
    let previous = GENESIS;
    let entries = 0;
    for (const row of await this.list()) {
      const seq = Number(row.seq);
      const expected = digest({ ...row, seq, at: row.at.toISOString(), details: canonical(row.details), previous });
      if (row.previous !== previous || row.hash !== expected || seq !== entries + 1) return { entries, brokenAt: seq };
      previous = row.hash;
      entries += 1;
    }
    return { entries };
  }
}

type Chained = {
  seq: number;
  at: string;
  actor: string;
  action: string;
  run: string | null;
  details: string;
  previous: string;
};

function digest(row: Chained): string {
  const content = [row.seq, row.at, row.actor, row.action, row.run, row.details, row.previous];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** JSON with sorted keys: jsonb does not keep the order of keys, the hash must not depend on it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
