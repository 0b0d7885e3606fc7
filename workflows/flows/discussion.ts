import { ApplicationFailure } from '@temporalio/workflow';
import type { Refusal } from '../../core/model/approval.ts';
import { REFUSAL_TYPE_PREFIX } from '../../core/model/approval.ts';
import type { ActRefusal, ApprovalAct, TrailEntry } from '../../core/model/approval-acts.ts';
import { MAX_ACTS, MAX_CODES, MAX_DELEGATIONS } from '../../core/model/approval-acts.ts';
import type { AskApprovers, NoteAct, SendCode } from '../../core/model/approval-plan.ts';
import { APPROVAL_ACTIVITIES } from '../../core/model/approval-plan.ts';
import type { FlowContext } from './context.ts';
import type { PendingApproval } from './pending.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

type Act<K extends ApprovalAct['act']> = Extract<ApprovalAct, { act: K }>;
type FreshEntry = Omit<TrailEntry, 'seq' | 'at'>;

/** A person waits at the screen for these: a mail server that is down is told within seconds, not after twenty attempts. */
const WATCHED = { attempts: 3 };
const HOUR_MS = 3_600_000;

/** What people do around a decision, and what is told of it: hand over, ask, answer, comment, fetch a code. */
export class Discussion {
  readonly #pending: PendingApproval;
  readonly #context: FlowContext;
  readonly #trail: TrailEntry[] = [];
  /** When each person was sent codes, in milliseconds of the run's own clock. */
  readonly #codes = new Map<string, number[]>();
  #busy = 0;

  constructor(pending: PendingApproval, context: FlowContext) {
    this.#pending = pending;
    this.#context = context;
  }

  /** No act is under way: the approval may be closed. */
  get idle(): boolean {
    return this.#busy === 0;
  }

  /** Why this act cannot count, or undefined when it can. */
  judge(act: ApprovalAct, now: number): Refusal | ActRefusal | undefined {
    if (this.#trail.length >= MAX_ACTS) return 'too-many-acts';
    if (act.act === 'comment') return this.#pending.closed ? 'expired' : undefined;
    if (act.act === 'answer') return this.#judgeAnswer(act, now);
    const refused = this.#pending.judgePerson(act, now);
    if (refused) return refused;
    if (act.act === 'delegate') return this.#judgeDelegation(act);
    if (act.act === 'ask') return sameAddress(act.to, act.approver) ? 'to-oneself' : undefined;
    const lately = this.#codesOf(act).filter((at) => at > now - HOUR_MS);
    return lately.length >= MAX_CODES ? 'too-many-acts' : undefined;
  }

  /** Does what `judge` has let pass. Answers with its entry in the trail; a code leaves none there. */
  async take(act: ApprovalAct): Promise<TrailEntry | undefined> {
    this.#busy += 1;
    try {
      switch (act.act) {
        case 'delegate':
          return await this.#delegate(act);
        case 'ask':
          return await this.#ask(act);
        case 'answer':
          return await this.#answer(act);
        case 'comment':
          return await this.#comment(act);
        default:
          return await this.#code(act);
      }
    } finally {
      this.#busy -= 1;
    }
  }

  /** Writes down what the engine itself did. */
  async note(fresh: FreshEntry): Promise<TrailEntry> {
    const entry = this.#enter(fresh);
    await this.#write({ approval: this.#id, entry, mailTo: [] });
    return entry;
  }

  get #id(): string {
    return this.#pending.opened.approval;
  }

  #judgeDelegation({ approver, to, round }: Act<'delegate'>): ActRefusal | undefined {
    const seats = this.#pending.seats(round);
    if (this.#pending.isBarred(to)) return 'to-requester';
    if (sameAddress(to, approver)) return 'to-oneself';
    if (seats?.has(to) || seats?.handedTo(to) || this.#pending.hasDecided(to)) return 'to-approver';
    if (this.#trail.filter(({ kind }) => kind === 'delegated').length >= MAX_DELEGATIONS) return 'too-many-acts';
    // Whoever decides this round cannot decide a later one: someone must be left there.
    const later = this.#pending.opened.rounds.filter((other) => other.round > round);
    const out = [to, ...this.#pending.decisions.map((decision) => decision.approver)];
    const stuck = later.some((other) => this.#pending.seats(other.round)?.canComplete(out) === false);
    return stuck ? 'nobody-left' : undefined;
  }

  #judgeAnswer({ question, by, page }: Act<'answer'>, now: number): Refusal | ActRefusal | undefined {
    const asked = this.#trail.find(({ seq, kind }) => seq === question && kind === 'question');
    if (!asked?.to || !sameAddress(asked.to, by)) return 'unknown-question';
    if (this.#trail.some(({ answers }) => answers === question)) return 'answered';
    if (this.#pending.closed) return 'expired';
    return now >= Date.parse(page.expiresAt) ? 'page-expired' : undefined;
  }

  /** The seat changes hands before the mail goes out, so that the new link works at once; an undeliverable one gives it back. */
  async #delegate({ approver, to, round, note }: Act<'delegate'>): Promise<TrailEntry> {
    const undo = this.#pending.seats(round)?.handOver(approver, to);
    const ask: AskApprovers = {
      approval: this.#id,
      round,
      approvers: [to],
      reminder: 0,
      because: 'delegated',
      inPlaceOf: { [to]: approver },
      note,
    };
    try {
      await this.#context.activity(APPROVAL_ACTIVITIES.ask, ask, WATCHED);
    } catch (error) {
      undo?.();
      throw undelivered(error);
    }
    const entry = this.#enter({ kind: 'delegated', round, by: approver, to, text: note });
    await this.#write({ approval: this.#id, entry, mailTo: [] });
    return entry;
  }

  async #ask({ approver, to, round, text }: Act<'ask'>): Promise<TrailEntry> {
    const entry = this.#enter({ kind: 'question', round, by: approver, to, text });
    try {
      await this.#write({ approval: this.#id, entry, mailTo: [{ email: to, link: 'answer' }] });
    } catch (error) {
      throw undelivered(error);
    }
    return entry;
  }

  async #answer({ question, by, text }: Act<'answer'>): Promise<TrailEntry> {
    const asked = this.#trail.find(({ seq }) => seq === question);
    const round = asked?.round ?? this.#pending.round;
    const entry = this.#enter({ kind: 'answer', round, by, to: asked?.by, text, answers: question });
    await this.#write({ approval: this.#id, entry, mailTo: this.#toAsker(asked) });
    return entry;
  }

  async #comment({ by, text, mail, verified }: Act<'comment'>): Promise<TrailEntry> {
    const known = this.#trail.find((entry) => entry.mail === mail);
    if (known) return known;
    const open = this.#trail.findLast(({ kind, to }) => kind === 'question' && to !== undefined && sameAddress(to, by));
    // What anyone may have written in somebody's name is nobody's word.
    const who = verified ? { by } : { claimed: by };
    const entry = this.#enter({ kind: 'comment', round: this.#pending.round, ...who, text, mail });
    await this.#write({ approval: this.#id, entry, mailTo: this.#toAsker(open) });
    return entry;
  }

  /** Whoever asked is told, while they can still decide. */
  #toAsker(asked: TrailEntry | undefined): NoteAct['mailTo'] {
    const waits = asked?.by !== undefined && this.#pending.seats(asked.round)?.seatFor(asked.by) !== undefined;
    return asked?.by !== undefined && waits ? [{ email: asked.by, link: 'decide' }] : [];
  }

  async #code(act: Act<'code'>): Promise<undefined> {
    const { approver, round } = act;
    const sent = [...this.#codesOf(act), Date.now()];
    const nth = sent.length;
    this.#codes.set(approver.toLowerCase(), sent);
    const args: SendCode = { approval: this.#id, round, approver, nth };
    await this.#context.activity(APPROVAL_ACTIVITIES.code, args, WATCHED);
  }

  #codesOf({ approver }: Act<'code'>): readonly number[] {
    return this.#codes.get(approver.toLowerCase()) ?? [];
  }

  #enter(fresh: FreshEntry): TrailEntry {
    const entry = { ...fresh, seq: this.#trail.length + 1, at: new Date(Date.now()).toISOString() };
    this.#trail.push(entry);
    return entry;
  }

  async #write(args: NoteAct): Promise<void> {
    await this.#context.activity(APPROVAL_ACTIVITIES.note, args, args.mailTo.length > 0 ? WATCHED : {});
  }
}

/** A mail that no server takes: the person at the page can choose somebody else. */
function undelivered(cause: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'the mail to that person could not be sent',
    type: `${REFUSAL_TYPE_PREFIX}undelivered`,
    nonRetryable: true,
    ...(cause instanceof Error && { cause }),
  });
}
