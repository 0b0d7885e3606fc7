import { isCancellation, log, patched } from '@temporalio/workflow';
import type { Digest } from '../../core/catalogue/approval/options.ts';
import type { AskApprovers, FindSubstitutes, OpenedApproval, SendDigest } from '../../core/model/approval-plan.ts';
import { APPROVAL_ACTIVITIES, AskedApprovers, FoundSubstitutes } from '../../core/model/approval-plan.ts';
import type { FlowContext } from './context.ts';
import type { Discussion } from './discussion.ts';
import type { PendingApproval } from './pending.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** A time that does not come. */
export const NEVER = Number.POSITIVE_INFINITY;

/** What asking people needs. */
export type Asking = {
  readonly opened: OpenedApproval;
  readonly pending: PendingApproval;
  readonly discussion: Discussion;
  readonly timing: { remind?: string | undefined; escalate?: string | undefined; digest?: Digest | undefined };
  readonly context: FlowContext;
  /** Whether to look for people who stand in today. */
  readonly substitutes: boolean;
};

type Due = { remindAt: number; escalateAt: number; digestAt: number };

/**
 * Asks the people of a round. A reminder that cannot be sent after all its attempts does not end the request: the links
 * that people hold still work, and the expiry still comes.
 */
export async function ask(asking: Asking, round: number, reminder: number): Promise<Due> {
  const { opened, pending, timing, context } = asking;
  const { approval } = opened;
  const first = reminder === 0;
  const args: AskApprovers = {
    approval,
    round,
    approvers: toAsk(asking, round),
    reminder,
    remind: timing.remind,
    ...(first && timing.escalate && opened.escalation && { escalate: timing.escalate }),
    ...(first && timing.digest && { digest: timing.digest }),
    ...inPlaceOf(asking, round),
  };
  try {
    const asked = AskedApprovers.parse(await context.activity(APPROVAL_ACTIVITIES.ask, args));
    return { remindAt: when(asked.remindAt), escalateAt: when(asked.escalateAt), digestAt: when(asked.digestAt) };
  } catch (error) {
    if (isCancellation(error) || (first && !pending.isOver(round))) throw error;
    log.warn('people could not be reminded', { approval, round, reminder, error });
    return { remindAt: NEVER, escalateAt: NEVER, digestAt: NEVER };
  }
}

/** Runs from before substitutes left again keep theirs to the end. */
const RETURN_PATCH = 'approval-substitutes-return';

/**
 * Whoever is away today has somebody who stands in: from here on that person may decide too, and is the one who is asked.
 * Whoever is back is asked again, and their substitute no more.
 */
export async function seatSubstitutes(asking: Asking, round: number): Promise<void> {
  const { pending, context, discussion, opened } = asking;
  const seats = pending.seats(round);
  const away = seats && seats.away.length > 0 && patched(RETURN_PATCH) ? seats.away : [];
  const approvers = [...(seats?.alone ?? []), ...away].filter((person) => !pending.hasDecided(person));
  if (!seats || approvers.length === 0) return;
  const args: FindSubstitutes = {
    approvers,
    not: [...opened.barred, ...pending.decisions.map(({ approver }) => approver)],
  };
  const found = FoundSubstitutes.parse(await context.activity(APPROVAL_ACTIVITIES.substitutes, args));
  for (const owner of away) {
    const to = seats.standInOf(owner);
    const now = found.substitutes.find(({ person }) => sameAddress(person, owner))?.substitute;
    if (to === undefined || (now !== undefined && sameAddress(now, to))) continue;
    seats.takeBack(owner);
    await discussion.note({ kind: 'returned', round, by: owner, to });
  }
  for (const { person, substitute, until } of found.substitutes) {
    if (seats.standInOf(person) !== undefined) continue;
    seats.substitute(person, substitute);
    await discussion.note({ kind: 'substituted', round, by: person, to: substitute, text: until });
  }
}

/** Nobody has decided in time: others are asked too. */
export async function escalate(asking: Asking, round: number): Promise<void> {
  const { opened, pending, context, discussion } = asking;
  const { approval } = opened;
  const people = (opened.escalation ?? []).filter((person) => !pending.isBarred(person) && !pending.hasDecided(person));
  const approvers = pending.seats(round)?.widen(people) ?? [];
  if (approvers.length === 0) return;
  const args: AskApprovers = { approval, round, approvers, reminder: 0, because: 'escalated' };
  try {
    await context.activity(APPROVAL_ACTIVITIES.ask, args);
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('nobody could be notified of the escalation', { approval, round, error });
  }
  for (const to of approvers) await discussion.note({ kind: 'escalated', round, to });
}

/** The time of a digest has come: whoever of the round was only gathered so far is mailed. */
export async function sendDigest({ opened, pending, context }: Asking, round: number, at: number): Promise<void> {
  const { approval } = opened;
  const approvers = pending.candidates(round);
  const args: SendDigest = { approval, round, approvers, at: new Date(at).toISOString() };
  await context.activity(APPROVAL_ACTIVITIES.digest, args);
}

/** Those who could decide, without the people for whom somebody stands in: they are away. */
function toAsk({ pending, substitutes }: Asking, round: number): string[] {
  const all = pending.candidates(round);
  const away = substitutes ? (pending.seats(round)?.away ?? []) : [];
  const here = all.filter((person) => !away.some((other) => sameAddress(other, person)));
  return here.length > 0 ? here : all;
}

function inPlaceOf({ pending }: Asking, round: number): Pick<AskApprovers, 'inPlaceOf'> {
  const owners = pending.seats(round)?.standIns ?? {};
  return Object.keys(owners).length > 0 ? { inPlaceOf: owners } : {};
}

function when(instant: string | undefined): number {
  return instant === undefined ? NEVER : Date.parse(instant);
}
