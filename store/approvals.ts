import type { Kysely, Selectable } from 'kysely';
import { type About, isSubject } from '../core/model/about.ts';
import type { ApprovalOutcome, DecisionMade } from '../core/model/approval.ts';
import type { TrailEntry } from '../core/model/approval-acts.ts';
import type { AskedBecause, OpenApproval, OpenedApproval } from '../core/model/approval-plan.ts';
import type { CallInfo } from '../core/model/call.ts';
import type { Language } from '../core/settings/settings.ts';
import type {
  ApprovalDecisionsTable,
  ApprovalRequestsTable,
  ApprovalsTable,
  ApprovalTrailTable,
  TaskToDo,
} from './approval-tables.ts';
import type { Database } from './database.ts';

export type ApprovalRow = Selectable<ApprovalsTable>;
export type ApprovalRequestRow = Selectable<ApprovalRequestsTable>;
export type ApprovalDecisionRow = Selectable<ApprovalDecisionsTable>;
export type ApprovalTrailRow = Selectable<ApprovalTrailTable>;

/** A request with everything that its page shows. */
export type ApprovalDossier = {
  approval: ApprovalRow;
  requests: ApprovalRequestRow[];
  decisions: ApprovalDecisionRow[];
  trail: ApprovalTrailRow[];
};

export type AskedPerson = { name: string; email: string; language: Language };

/** How a person was asked: by which mail (none yet where a digest gathers), why, and in whose place. */
export type Asked = {
  messageId: string;
  reminder: number;
  because?: AskedBecause | undefined;
  inPlaceOf?: string | undefined;
  digestAt?: string | undefined;
};

/** Requests to people and their decisions. The run is the judge; this is the record that pages and audits read. */
/** Suppliers write their VAT id with the letters of their country or without. */
const COUNTRY = /^[A-Z]{2}/;

function supplierOf(about: About): string | null {
  return isSubject(about) ? null : (about.seller.vatId?.replace(COUNTRY, '') ?? null);
}

export class Approvals {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Writes a new request. A second attempt of the same call finds it there; one withdrawn before is open again. */
  async open(request: OpenApproval, opened: OpenedApproval, call: CallInfo, now: Date, toDo?: TaskToDo): Promise<void> {
    await this.#db
      .insertInto('approvals')
      .values({
        id: opened.approval,
        kind: request.kind,
        run: call.run,
        task: call.task,
        definition: JSON.stringify(call.definition),
        about: JSON.stringify(request.about),
        supplier: supplierOf(request.about),
        to_do: toDo ? JSON.stringify(toDo) : null,
        file: request.file ? JSON.stringify(request.file) : null,
        pages: JSON.stringify(request.pages),
        findings: JSON.stringify(request.findings),
        rounds: JSON.stringify(opened.rounds),
        changes: JSON.stringify(opened.changes ?? []),
        barred: JSON.stringify(opened.barred),
        code_needed: opened.codeNeeded ?? false,
        status: 'open',
        reason: null,
        created_at: now.toISOString(),
        expires_at: opened.expiresAt,
      })
      .onConflict((c) => c.column('id').doUpdateSet({ status: 'open', reason: null, closed_at: null }))
      .execute();
  }

  /** Notes that a person was asked, or reminded for the `reminder`th time. The first mail of a thread stays its first. */
  async asked(approval: string, round: number, person: AskedPerson, asked: Asked, now: Date): Promise<void> {
    const { messageId, reminder } = asked;
    await this.#db
      .insertInto('approval_requests')
      .values({
        approval,
        round,
        approver: person.email,
        name: person.name,
        language: person.language,
        asked_at: now.toISOString(),
        message_id: messageId,
        reminders: 0,
        because: asked.because ?? 'asked',
        in_place_of: asked.inPlaceOf ?? null,
        digest_at: asked.digestAt ?? null,
      })
      .onConflict((c) =>
        c.columns(['approval', 'round', 'approver']).doUpdateSet((row) => ({
          reminders: reminder,
          message_id: row
            .case()
            .when('approval_requests.message_id', '=', '')
            .then(messageId)
            .else(row.ref('approval_requests.message_id'))
            .end(),
        })),
      )
      .execute();
  }

  /** Puts an accepted decision on the record; a repeated attempt changes nothing. True when it is new. */
  async record(approval: string, made: DecisionMade): Promise<boolean> {
    const written = await this.#db
      .insertInto('approval_decisions')
      .values({
        approval,
        round: made.round,
        approver: made.approver,
        decision: made.decision,
        reason: made.reason ?? null,
        corrections: JSON.stringify(made.corrections ?? []),
        comment: made.comment ?? null,
        changes: JSON.stringify(made.changes ?? []),
        answers: made.answers ? JSON.stringify(made.answers) : null,
        factor: made.factor ?? null,
        on_behalf_of: made.onBehalfOf ?? null,
        at: made.at,
      })
      .onConflict((c) => c.columns(['approval', 'round', 'approver']).doNothing())
      .executeTakeFirst();
    return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Puts an act that decides nothing on the record. True when it is new. */
  async note(approval: string, entry: TrailEntry): Promise<boolean> {
    const { seq, kind, round, by = null, claimed = null, to = null, text = null, answers = null, at } = entry;
    const written = await this.#db
      .insertInto('approval_trail')
      .values({ approval, seq, kind, round, by, claimed, to, text, answers, at })
      .onConflict((c) => c.columns(['approval', 'seq']).doNothing())
      .executeTakeFirst();
    return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Ends a request. True when it was open until now. */
  async close(approval: string, outcome: ApprovalOutcome, reason: string | undefined, now: Date): Promise<boolean> {
    const updated = await this.#db
      .updateTable('approvals')
      .set({ status: outcome, reason: reason ?? null, closed_at: now.toISOString() })
      .where('id', '=', approval)
      .where('status', '=', 'open')
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  async find(id: string): Promise<ApprovalDossier | undefined> {
    const approval = await this.#db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
    if (!approval) return undefined;
    const db = this.#db;
    const [requests, decisions, trail] = await Promise.all([
      db.selectFrom('approval_requests').selectAll().where('approval', '=', id).orderBy('round').execute(),
      db
        .selectFrom('approval_decisions')
        .selectAll()
        .where('approval', '=', id)
        .orderBy('round')
        .orderBy('at')
        .execute(),
      db.selectFrom('approval_trail').selectAll().where('approval', '=', id).orderBy('seq').execute(),
    ]);
    return { approval, requests, decisions, trail };
  }

  /** Every request of these runs, the first one first. */
  async ofRuns(runs: readonly string[]): Promise<ApprovalDossier[]> {
    if (runs.length === 0) return [];
    const rows = await this.#db
      .selectFrom('approvals')
      .select('id')
      .where('run', 'in', runs)
      .orderBy('created_at')
      .execute();
    const found = await Promise.all(rows.map(({ id }) => this.find(id)));
    return found.filter((dossier) => dossier !== undefined);
  }

  /** The requests that one of these mails belongs to: a reply names the mails before it. Of a digest there are several. */
  async ofMail(messageIds: readonly string[]): Promise<{ approval: string; run: string }[]> {
    if (messageIds.length === 0) return [];
    return this.#db
      .selectFrom('approval_mails')
      .innerJoin('approvals', 'approvals.id', 'approval_mails.approval')
      .select(['approval_mails.approval', 'approvals.run'])
      .where('approval_mails.message_id', 'in', messageIds)
      .distinct()
      .orderBy('approval_mails.approval')
      .execute();
  }

  /** Notes a mail of a request's thread, so that replies to it find the way. */
  async mailed(approval: string, messageId: string, to: string): Promise<void> {
    await this.#db
      .insertInto('approval_mails')
      .values({ approval, message_id: messageId, to: to.toLowerCase() })
      .onConflict((c) => c.columns(['approval', 'message_id']).doNothing())
      .execute();
  }
}
