import { CancellationScope, condition, isCancellation, log } from '@temporalio/workflow';
import type {
  ApprovalOutcome,
  AskApprovers,
  CloseApproval,
  DecisionMade,
  OpenApproval,
  RecordDecision,
} from '../../definitions/model/approval.ts';
import { APPROVAL_ACTIVITIES, AskedApprovers, OpenedApproval } from '../../definitions/model/approval.ts';
import type { FlowContext } from './context.ts';
import { openToDecisions } from './decide.ts';
import { PendingApproval } from './pending.ts';

/** A timer of zero would be none; the shortest that Temporal takes. */
const SHORTEST_TIMER_MS = 1;

/** An opened request and what waiting for its people needs. */
export type Waiting = {
  readonly opened: OpenedApproval;
  readonly pending: PendingApproval;
  readonly remind: string | undefined;
  readonly context: FlowContext;
};

/**
 * Opens a request, hands it to `work`, and closes it whatever happens: with the outcome that `work` returns, or as
 * withdrawn where the run was cancelled or failed meanwhile, so that late visitors of the page learn it.
 */
export async function withApproval<T>(
  request: OpenApproval,
  remind: string | undefined,
  context: FlowContext,
  work: (waiting: Waiting) => Promise<{ outcome: ApprovalOutcome; reason?: string | undefined; result: T }>,
): Promise<T> {
  const opened = OpenedApproval.parse(await context.activity(APPROVAL_ACTIVITIES.open, request));
  const pending = new PendingApproval(request.kind, opened);
  openToDecisions(opened.approval, pending);
  const close = async (outcome: ApprovalOutcome, reason?: string): Promise<void> => {
    pending.close();
    const args: CloseApproval = { approval: opened.approval, outcome, reason };
    await context.activity(APPROVAL_ACTIVITIES.close, args);
  };
  let ended;
  try {
    ended = await work({ opened, pending, remind, context });
  } catch (error) {
    await CancellationScope.nonCancellable(() => close('withdrawn'));
    throw error;
  }
  await close(ended.outcome, ended.reason);
  return ended.result;
}

/**
 * Asks the people of one round and waits for the first decision, reminding as often as asked. Undefined when the
 * request expired. A decision always wins over a timer that fires in the same moment.
 */
export async function decisionOfRound(waiting: Waiting, round: number): Promise<DecisionMade | undefined> {
  const { opened, pending, context } = waiting;
  pending.startRound(round);
  const expiresAt = Date.parse(opened.expiresAt);
  for (let reminder = 0; ; reminder += 1) {
    const remindAt = await ask(waiting, round, reminder);
    const wakeAt = Math.min(remindAt ?? expiresAt, expiresAt);
    const timeout = Math.max(wakeAt - Date.now(), SHORTEST_TIMER_MS);
    await context.waiting(() => condition(() => pending.decisionOf(round) !== undefined, timeout));
    const made = pending.decisionOf(round);
    if (made) return record(waiting, made);
    if (Date.now() >= expiresAt) {
      pending.close();
      return undefined;
    }
  }
}

/**
 * Asks the people of a round. A reminder that cannot be sent after all its attempts does not end the request: the links
 * that people hold still work, and the expiry still comes.
 */
async function ask(waiting: Waiting, round: number, reminder: number): Promise<number | undefined> {
  const { opened, pending, remind, context } = waiting;
  const { approval } = opened;
  const args: AskApprovers = { approval, round, approvers: pending.candidates(round), reminder, remind };
  try {
    const { remindAt } = AskedApprovers.parse(await context.activity(APPROVAL_ACTIVITIES.ask, args));
    return remindAt === undefined ? undefined : Date.parse(remindAt);
  } catch (error) {
    if (isCancellation(error) || (reminder === 0 && !pending.decisionOf(round))) throw error;
    log.warn('people could not be reminded', { approval, round, reminder, error });
    return undefined;
  }
}

async function record(waiting: Waiting, decision: DecisionMade): Promise<DecisionMade> {
  const args: RecordDecision = { approval: waiting.opened.approval, decision };
  await waiting.context.activity(APPROVAL_ACTIVITIES.record, args);
  waiting.pending.markRecorded(decision.round);
  return decision;
}
