import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

export type Proposal = {
  id: string;
  hash: string;
  namespace: string;
  name: string;
  version: string;
  /** What is deployed once somebody else agrees, as it was sent. */
  request: object;
  proposedBy: string;
  proposedAt: string;
};
export type ProposalOutcome = 'confirmed' | 'rejected';

/** 96 bits: proposals are told apart, and rights guard them. */
const ID_BYTES = 12;

/** Definitions that somebody wants to deploy, and somebody else has to look at first. */
export class DeployProposals {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps a proposal. The same content of the same person is one as long as nobody has decided it. */
  async add(proposal: Omit<Proposal, 'id' | 'proposedAt'>, now: Date): Promise<string> {
    const { proposedBy, request, ...rest } = proposal;
    const same = (await this.open()).find(({ hash, proposedBy: by }) => hash === rest.hash && by === proposedBy);
    if (same) return same.id;
    const id = randomBytes(ID_BYTES).toString('hex');
    const values = { id, ...rest, request: JSON.stringify(request), proposed_by: proposedBy };
    await this.#db
      .insertInto('deploy_proposals')
      .values({ ...values, proposed_at: now.toISOString() })
      .execute();
    return id;
  }

  /** Those that nobody has decided, the oldest first. */
  async open(): Promise<Proposal[]> {
    const rows = await this.#db
      .selectFrom('deploy_proposals')
      .selectAll()
      .where('outcome', 'is', null)
      .orderBy('proposed_at')
      .execute();
    return rows.map(({ id, hash, namespace, name, version, request, proposed_by, proposed_at }) => ({
      ...{ id, hash, namespace, name, version, request },
      proposedBy: proposed_by,
      proposedAt: proposed_at.toISOString(),
    }));
  }

  /** False where somebody else was faster. */
  async decide(id: string, outcome: ProposalOutcome, by: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('deploy_proposals')
      .set({ outcome, decided_by: by, decided_at: now.toISOString() })
      .where('id', '=', id)
      .where('outcome', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}
