import type { ExpressionBuilder, Kysely, Selectable } from 'kysely';
import type { ApprovalDecisionsTable, ApprovalRequestsTable, ApprovalsTable } from './approval-tables.ts';
import type { Database } from './database.ts';

/** What a list shows of a request. */
type About = Pick<Selectable<ApprovalsTable>, 'about' | 'kind' | 'created_at' | 'expires_at'>;
export type WaitingTask = About & { approval: string; round: number; approver: string };
export type DecidedTask = About & { approval: string } & Pick<
    Selectable<ApprovalDecisionsTable>,
    'decision' | 'at' | 'round'
  >;

/** A person who has more to decide sees the most urgent of them. */
const MAX_WAITING = 200;
/** What someone wants to look up is seldom older; the audit trail has all. */
const MAX_DECIDED = 50;

/** Requests from the view of one person. */
export class Tasks {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Requests that wait for a person: asked in the round that is going on, neither decided nor handed over by them, nor
   * as a substitute of someone who is back. Most urgent first.
   */
  async waitingFor(person: string): Promise<WaitingTask[]> {
    return this.#db
      .selectFrom('approval_requests as asked')
      .innerJoin('approvals', 'approvals.id', 'asked.approval')
      .select(['approvals.about', 'approvals.kind', 'approvals.created_at', 'approvals.expires_at'])
      .select(['asked.approval', 'asked.round', 'asked.approver'])
      .where('approvals.status', '=', 'open')
      .where((eb) => eb(eb.fn<string>('lower', [eb.ref('asked.approver')]), '=', person.toLowerCase()))
      .where(isGoingOn)
      .where((eb) => eb.not(eb.or([hasDecided(eb), hasHandedOver(eb), isBack(eb)])))
      .orderBy('approvals.expires_at')
      .orderBy('approvals.created_at')
      .limit(MAX_WAITING)
      .execute();
  }

  /** What a person decided, newest first. */
  async decidedBy(person: string): Promise<DecidedTask[]> {
    return this.#db
      .selectFrom('approval_decisions as made')
      .innerJoin('approvals', 'approvals.id', 'made.approval')
      .select(['approvals.about', 'approvals.kind', 'approvals.created_at', 'approvals.expires_at'])
      .select(['made.approval', 'made.round', 'made.decision', 'made.at'])
      .where((eb) => eb(eb.fn<string>('lower', [eb.ref('made.approver')]), '=', person.toLowerCase()))
      .orderBy('made.at', 'desc')
      .limit(MAX_DECIDED)
      .execute();
  }
}

/** A row of `approval_requests`, and the approval that it belongs to. */
type Asked = ExpressionBuilder<Database & { asked: ApprovalRequestsTable }, 'asked' | 'approvals'>;

/** No later round has begun. */
function isGoingOn(eb: Asked) {
  const newest = eb
    .selectFrom('approval_requests as later')
    .select((inner) => inner.fn.max('later.round').as('round'))
    .whereRef('later.approval', '=', 'asked.approval');
  return eb('asked.round', '=', newest);
}

function hasDecided(eb: Asked) {
  const decision = eb
    .selectFrom('approval_decisions as made')
    .select('made.approval')
    .whereRef('made.approval', '=', 'asked.approval')
    .whereRef('made.round', '=', 'asked.round')
    .whereRef('made.approver', '=', 'asked.approver');
  return eb.exists(decision);
}

function hasHandedOver(eb: Asked) {
  const entry = eb
    .selectFrom('approval_trail as handed')
    .select('handed.seq')
    .where('handed.kind', '=', 'delegated')
    .whereRef('handed.approval', '=', 'asked.approval')
    .whereRef('handed.round', '=', 'asked.round')
    .whereRef('handed.by', '=', 'asked.approver');
  return eb.exists(entry);
}

/** The asked stood in for someone who is back: the newest of their entries says so. */
function isBack(eb: Asked) {
  const entry = eb
    .selectFrom('approval_trail as left')
    .select('left.seq')
    .where('left.kind', '=', 'returned')
    .whereRef('left.approval', '=', 'asked.approval')
    .whereRef('left.round', '=', 'asked.round')
    .whereRef('left.to', '=', 'asked.approver')
    .where('asked.because', '=', 'substitute')
    .where((inner) => {
      const again = inner
        .selectFrom('approval_trail as again')
        .select('again.seq')
        .where('again.kind', '=', 'substituted')
        .whereRef('again.approval', '=', 'left.approval')
        .whereRef('again.to', '=', 'left.to')
        .whereRef('again.seq', '>', 'left.seq');
      return inner.not(inner.exists(again));
    });
  return eb.exists(entry);
}
