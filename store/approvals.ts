import type { Kysely, Selectable } from 'kysely';
import type { ApprovalOutcome, DecisionMade, OpenApproval, OpenedApproval } from '../definitions/model/approval.ts';
import type { CallInfo } from '../definitions/model/call.ts';
import type { Language } from '../definitions/settings.ts';
import type { ApprovalDecisionsTable, ApprovalRequestsTable, ApprovalsTable } from './approval-tables.ts';
import type { Database } from './database.ts';

export type ApprovalRow = Selectable<ApprovalsTable>;
export type ApprovalRequestRow = Selectable<ApprovalRequestsTable>;
export type ApprovalDecisionRow = Selectable<ApprovalDecisionsTable>;

/** A request with everything that its page shows. */
export type ApprovalDossier = {
  approval: ApprovalRow;
  requests: ApprovalRequestRow[];
  decisions: ApprovalDecisionRow[];
};

export type AskedPerson = { name: string; email: string; language: Language };

/** Requests to people and their decisions. The run is the judge; this is the record that pages and audits read. */
export class Approvals {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Writes a new request. A second attempt of the same call finds it there; one withdrawn before is open again. */
  async open(request: OpenApproval, opened: OpenedApproval, call: CallInfo, now: Date): Promise<void> {
    await this.#db
      .insertInto('approvals')
      .values({
        id: opened.approval,
        kind: request.kind,
        run: call.run,
        task: call.task,
        definition: JSON.stringify(call.definition),
        about: JSON.stringify(request.about),
        file: request.file ? JSON.stringify(request.file) : null,
        pages: JSON.stringify(request.pages),
        findings: JSON.stringify(request.findings),
        rounds: JSON.stringify(opened.rounds),
        status: 'open',
        reason: null,
        created_at: now.toISOString(),
        expires_at: opened.expiresAt,
      })
      .onConflict((c) => c.column('id').doUpdateSet({ status: 'open', reason: null, closed_at: null }))
      .execute();
  }

  /** Notes that a person was asked, or reminded for the `reminder`th time. */
  async asked(
    approval: string,
    round: number,
    person: AskedPerson,
    mail: { messageId: string; reminder: number },
    now: Date,
  ): Promise<void> {
    await this.#db
      .insertInto('approval_requests')
      .values({
        approval,
        round,
        approver: person.email,
        name: person.name,
        language: person.language,
        asked_at: now.toISOString(),
        message_id: mail.messageId,
        reminders: 0,
      })
      .onConflict((c) => c.columns(['approval', 'round', 'approver']).doUpdateSet({ reminders: mail.reminder }))
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
        at: made.at,
      })
      .onConflict((c) => c.columns(['approval', 'round']).doNothing())
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
    const [requests, decisions] = await Promise.all([
      this.#db.selectFrom('approval_requests').selectAll().where('approval', '=', id).orderBy('round').execute(),
      this.#db.selectFrom('approval_decisions').selectAll().where('approval', '=', id).orderBy('round').execute(),
    ]);
    return { approval, requests, decisions };
  }
}
