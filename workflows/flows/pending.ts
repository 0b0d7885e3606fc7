import type { Changeable } from '../../core/catalogue/approval/options.ts';
import type { Change } from '../../core/catalogue/approval-request.ts';
import type { DecideRequest, DecisionMade, Refusal } from '../../core/model/approval.ts';
import type { OpenedApproval } from '../../core/model/approval-plan.ts';
import { Seats } from './seats.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** The verbs that answer each kind. */
const ANSWERS = {
  approval: ['approved', 'rejected'],
  validation: ['corrected', 'confirmed', 'rejected'],
  task: ['done', 'rejected'],
} as const;

/**
 * One request that waits for people, as the run knows it: the last judge over every decision. Pure and synchronous, so
 * that of two decisions at the same moment exactly one is first.
 */
export class PendingApproval {
  readonly #opened: OpenedApproval;
  readonly #kind: keyof typeof ANSWERS;
  readonly #rounds: Seats[];
  readonly #decisions: DecisionMade[] = [];
  readonly #recorded = new Set<DecisionMade>();
  #round = 1;
  #closed = false;

  constructor(kind: keyof typeof ANSWERS, opened: OpenedApproval) {
    this.#kind = kind;
    this.#opened = opened;
    this.#rounds = opened.rounds.map((round) => new Seats(round));
  }

  get decisions(): readonly DecisionMade[] {
    return this.#decisions;
  }

  get opened(): OpenedApproval {
    return this.#opened;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get round(): number {
    return this.#round;
  }

  seats(round: number): Seats | undefined {
    return this.#rounds.find((candidate) => candidate.round === round);
  }

  isBarred(person: string): boolean {
    return this.#opened.barred.some((email) => sameAddress(email, person));
  }

  hasDecided(person: string): boolean {
    return this.#decisions.some((decision) => sameAddress(decision.approver, person));
  }

  /** Why this decision cannot count, or undefined when it can. `now` in milliseconds of the run's own clock. */
  judge(request: DecideRequest, now: number): Refusal | undefined {
    if (!(ANSWERS[this.#kind] as readonly string[]).includes(request.decision)) return 'malformed';
    const refused = this.judgePerson(request, now);
    if (refused) return refused;
    if (request.decision !== 'approved') return undefined;
    if (!this.#fits(request.values ?? {})) return 'malformed';
    return this.#opened.codeNeeded && !request.factor ? 'code-needed' : undefined;
  }

  /** Why this person cannot act in this round now, whatever they want to do. */
  judgePerson(
    { approver, round, page }: Pick<DecideRequest, 'approver' | 'round' | 'page'>,
    now: number,
  ): Refusal | undefined {
    const seats = this.seats(round);
    if (this.isBarred(approver)) return 'requester';
    if (seats?.handedTo(approver) !== undefined && !seats.has(approver)) return 'handed-over';
    if (!seats?.has(approver)) return 'not-approver';
    if (this.isOver(round) || this.#hasDecidedIn(round, approver)) return 'already-decided';
    if (this.#closed || now >= Date.parse(this.#opened.expiresAt)) return 'expired';
    if (this.hasDecided(approver)) return 'same-person';
    if (round !== this.#round) return 'round-over';
    if (!seats.seatFor(approver)) return 'already-decided';
    if (now >= Date.parse(page.expiresAt)) return 'page-expired';
    return undefined;
  }

  /** Accepts a decision that `judge` has let pass. */
  accept(request: DecideRequest, now: number): DecisionMade {
    const seat = this.seats(request.round)?.fill(request.approver);
    const changes = request.decision === 'approved' ? this.#changesOf(request.values ?? {}) : [];
    const onBehalfOf = seat && !sameAddress(seat.owner, request.approver) ? seat.owner : undefined;
    const made: DecisionMade = {
      round: request.round,
      approver: request.approver,
      decision: request.decision,
      ...(request.reason === undefined ? {} : { reason: request.reason }),
      ...(request.corrections === undefined ? {} : { corrections: request.corrections }),
      ...(request.answers === undefined ? {} : { answers: request.answers }),
      ...(request.comment ? { comment: request.comment } : {}),
      ...(changes.length > 0 ? { changes } : {}),
      ...(request.factor ? { factor: request.factor } : {}),
      ...(onBehalfOf ? { onBehalfOf } : {}),
      at: new Date(now).toISOString(),
    };
    this.#decisions.push(made);
    return made;
  }

  /** The changeable fields by name, with what approvers have made of them so far. */
  get values(): Record<string, string> {
    const values = Object.fromEntries(this.#fields.map(({ name, value }) => [name, value]));
    for (const { changes = [] } of this.#decisions) for (const { field, after } of changes) values[field] = after;
    return values;
  }

  /** The rejection of a round, or its last approval. */
  endOf(round: number): DecisionMade | undefined {
    const made = this.#decisions.filter((decision) => decision.round === round);
    const rejected = made.find((decision) => decision.decision === 'rejected');
    return rejected ?? (this.seats(round)?.complete ? made.at(-1) : undefined);
  }

  isOver(round: number): boolean {
    return this.endOf(round) !== undefined;
  }

  /** People who could still decide this round, without those who have decided: a second approval needs another person. */
  candidates(round: number): string[] {
    return (this.seats(round)?.waiting ?? []).filter((person) => !this.hasDecided(person));
  }

  startRound(round: number): void {
    this.#round = round;
  }

  /** Accepted, and not in the store yet. */
  get unrecorded(): DecisionMade[] {
    return this.#decisions.filter((decision) => !this.#recorded.has(decision));
  }

  /** The decision is in the store: whoever made it may be told so. */
  markRecorded(decision: DecisionMade): void {
    this.#recorded.add(decision);
  }

  isRecorded(decision: DecisionMade): boolean {
    return this.#closed || this.#recorded.has(decision);
  }

  /** From here on nothing counts any more: expired, withdrawn or decided to the end. */
  close(): void {
    this.#closed = true;
  }

  get #fields(): Changeable[] {
    return this.#opened.changes ?? [];
  }

  /** True when the values name fields that may be changed, and choose from their options. */
  #fits(values: Record<string, string>): boolean {
    return Object.entries(values).every(([name, value]) => {
      const field = this.#fields.find((candidate) => candidate.name === name);
      return field !== undefined && (field.options?.includes(value) ?? true);
    });
  }

  #changesOf(values: Record<string, string>): Change[] {
    const now = this.values;
    return Object.entries(values)
      .map(([field, after]) => ({ field, before: now[field] ?? '', after }))
      .filter(({ before, after }) => before !== after);
  }

  #hasDecidedIn(round: number, person: string): boolean {
    return this.#decisions.some((decision) => decision.round === round && sameAddress(decision.approver, person));
  }
}
