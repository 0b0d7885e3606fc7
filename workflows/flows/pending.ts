import type { DecideRequest, DecisionMade, OpenedApproval, Refusal } from '../../definitions/model/approval.ts';

/** The verbs that answer each kind. */
const ANSWERS = {
  approval: ['approved', 'rejected'],
  validation: ['corrected', 'confirmed', 'rejected'],
} as const;

/**
 * One request that waits for people, as the run knows it: the last judge over every decision. Pure and synchronous, so
 * that of two decisions at the same moment exactly one is first.
 */
export class PendingApproval {
  readonly #opened: OpenedApproval;
  readonly #kind: keyof typeof ANSWERS;
  readonly #decisions: DecisionMade[] = [];
  readonly #recorded = new Set<number>();
  #round = 1;
  #closed = false;

  constructor(kind: keyof typeof ANSWERS, opened: OpenedApproval) {
    this.#kind = kind;
    this.#opened = opened;
  }

  get decisions(): readonly DecisionMade[] {
    return this.#decisions;
  }

  /** Why this decision cannot count, or undefined when it can. `now` in milliseconds of the run's own clock. */
  judge(request: DecideRequest, now: number): Refusal | undefined {
    const approver = sameCase(request.approver);
    if (!(ANSWERS[this.#kind] as readonly string[]).includes(request.decision)) return 'malformed';
    if (this.#opened.barred.some((email) => sameCase(email) === approver)) return 'requester';
    const round = this.#opened.rounds.find((candidate) => candidate.round === request.round);
    if (!round?.approvers.some((email) => sameCase(email) === approver)) return 'not-approver';
    if (this.decisionOf(request.round)) return 'already-decided';
    if (this.#closed || now >= Date.parse(this.#opened.expiresAt)) return 'expired';
    if (this.#decisions.some((decision) => sameCase(decision.approver) === approver)) return 'same-person';
    if (request.round !== this.#round) return 'round-over';
    if (now >= Date.parse(request.page.expiresAt)) return 'page-expired';
    return undefined;
  }

  /** Accepts a decision that `judge` has let pass. */
  accept(request: DecideRequest, now: number): DecisionMade {
    const made: DecisionMade = {
      round: request.round,
      approver: request.approver,
      decision: request.decision,
      ...(request.reason === undefined ? {} : { reason: request.reason }),
      ...(request.corrections === undefined ? {} : { corrections: request.corrections }),
      at: new Date(now).toISOString(),
    };
    this.#decisions.push(made);
    return made;
  }

  decisionOf(round: number): DecisionMade | undefined {
    return this.#decisions.find((decision) => decision.round === round);
  }

  /** People of a round who have not decided an earlier one: a second approval needs a second person. */
  candidates(round: number): string[] {
    const before = new Set(this.#decisions.map((decision) => sameCase(decision.approver)));
    const found = this.#opened.rounds.find((candidate) => candidate.round === round);
    return (found?.approvers ?? []).filter((email) => !before.has(sameCase(email)));
  }

  startRound(round: number): void {
    this.#round = round;
  }

  /** The decision is in the store: whoever made it may be told so. */
  markRecorded(round: number): void {
    this.#recorded.add(round);
  }

  isRecorded(round: number): boolean {
    return this.#closed || this.#recorded.has(round);
  }

  /** From here on nothing counts any more: expired, withdrawn or decided to the end. */
  close(): void {
    this.#closed = true;
  }
}

/** Mail addresses are compared without case: no server that people use tells them apart. */
function sameCase(email: string): string {
  return email.toLowerCase();
}
