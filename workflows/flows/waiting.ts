import { CancellationScope, condition, patched } from '@temporalio/workflow';
import type { ApprovalOutcome, DecisionMade } from '../../core/model/approval.ts';
import type { CloseApproval, OpenApproval, RecordDecision } from '../../core/model/approval-plan.ts';
import { APPROVAL_ACTIVITIES, OpenedApproval } from '../../core/model/approval-plan.ts';
import type { Asking } from './ask.ts';
import { ask, escalate, NEVER, seatSubstitutes, sendDigest } from './ask.ts';
import type { FlowContext } from './context.ts';
import { openToDecisions } from './decide.ts';
import { Discussion } from './discussion.ts';
import { PendingApproval } from './pending.ts';

/** A timer of zero would be none; the shortest that Temporal takes. */
const SHORTEST_TIMER_MS = 1;

/** Runs from before there were substitutes take the steps that they took then. */
const SUBSTITUTES_PATCH = 'approval-substitutes';

/** An opened request and what waiting for its people needs. */
export type Waiting = Asking & { readonly discussion: Discussion };

type Ended<T> = { outcome: ApprovalOutcome; reason?: string | undefined; result: T };

/**
 * Opens a request, hands it to `work`, and closes it whatever happens: with the outcome that `work` returns, or as
 * withdrawn where the run was cancelled or failed meanwhile, so that late visitors of the page learn it.
 */
export async function withApproval<T>(
  request: OpenApproval,
  timing: Asking['timing'],
  context: FlowContext,
  work: (waiting: Waiting) => Promise<Ended<T>>,
): Promise<T> {
  const opened = OpenedApproval.parse(await context.activity(APPROVAL_ACTIVITIES.open, request));
  const pending = new PendingApproval(request.kind, opened);
  const discussion = new Discussion(pending, context);
  openToDecisions(opened.approval, pending, discussion);
  const close = async (outcome: ApprovalOutcome, reason?: string): Promise<void> => {
    pending.close();
    await condition(() => discussion.idle);
    const args: CloseApproval = { approval: opened.approval, outcome, reason };
    await context.activity(APPROVAL_ACTIVITIES.close, args);
  };
  let ended;
  try {
    ended = await work({ opened, pending, discussion, timing, context, substitutes: patched(SUBSTITUTES_PATCH) });
  } catch (error) {
    await CancellationScope.nonCancellable(() => close('withdrawn'));
    throw error;
  }
  await close(ended.outcome, ended.reason);
  return ended.result;
}

/**
 * Asks the people of one round and waits until enough have approved or one has rejected, reminding and escalating as
 * asked. Undefined when the request expired. A decision always wins over a timer that fires in the same moment, and a
 * timer that is left over wakes nobody: what ends the round is only ever read from the decisions.
 */
export async function decisionOfRound(waiting: Waiting, round: number): Promise<DecisionMade | undefined> {
  const { opened, pending } = waiting;
  pending.startRound(round);
  const expiresAt = Date.parse(opened.expiresAt);
  let escalateAt = NEVER;
  for (let reminder = 0; ; reminder += 1) {
    if (waiting.substitutes) await seatSubstitutes(waiting, round);
    const due = await ask(waiting, round, reminder);
    if (reminder === 0) escalateAt = due.escalateAt;
    if (due.digestAt !== NEVER) {
      const ended = await untilNews(waiting, round, Math.min(due.digestAt, expiresAt));
      if (ended) return ended;
      await sendDigest(waiting, round, due.digestAt);
    }
    do {
      const ended = await untilNews(waiting, round, Math.min(due.remindAt, escalateAt, expiresAt));
      if (ended) return ended;
      if (Date.now() < Math.min(escalateAt, expiresAt)) continue;
      if (Date.now() < expiresAt) await escalate(waiting, round);
      escalateAt = NEVER;
    } while (Date.now() < Math.min(due.remindAt, expiresAt));
    const late = await recordAll(waiting, round);
    if (late) return late;
    if (Date.now() >= expiresAt) {
      pending.close();
      return undefined;
    }
  }
}

/** Sleeps until something is decided or the time has come. Gives the decision that ends the round. */
async function untilNews(waiting: Waiting, round: number, wakeAt: number): Promise<DecisionMade | undefined> {
  const { pending, context } = waiting;
  const timeout = Math.max(wakeAt - Date.now(), SHORTEST_TIMER_MS);
  await context.waiting(() => condition(() => pending.unrecorded.length > 0, timeout));
  return recordAll(waiting, round);
}

/** Puts what was accepted on the record. Gives the decision that ends the round, where there is one. */
async function recordAll({ pending, opened, context }: Waiting, round: number): Promise<DecisionMade | undefined> {
  for (let next = pending.unrecorded[0]; next; next = pending.unrecorded[0]) {
    const args: RecordDecision = { approval: opened.approval, decision: next };
    await context.activity(APPROVAL_ACTIVITIES.record, args);
    pending.markRecorded(next);
  }
  return pending.endOf(round);
}
