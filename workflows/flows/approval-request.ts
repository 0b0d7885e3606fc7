import type { z } from 'zod';
import type { Decision } from '../../core/catalogue/approval-request.ts';
import { approvalRequest } from '../../core/catalogue/approval-request.ts';
import type { DecisionMade } from '../../core/model/approval.ts';
import { APPROVAL_ACTIVITIES, ReadRulesResult } from '../../core/model/approval-plan.ts';
import { aboutAsBefore, flowArguments } from './arguments.ts';
import type { Flow, FlowContext } from './context.ts';
import type { Waiting } from './waiting.ts';
import { decisionOfRound, withApproval } from './waiting.ts';

type Arguments = z.infer<typeof approvalRequest.with>;
type Result = z.infer<typeof approvalRequest.result>;

/**
 * `approval.request`: asks, reminds, waits. Each round needs the approval of as many people as it says, none of whom
 * has approved before; the first rejection, and the expiry, end it.
 */
export const approvalRequestFlow: Flow = async (args, context) => {
  const { remind, escalate, digest, table, ...request } = flowArguments(
    approvalRequest.name,
    approvalRequest.with,
    aboutAsBefore(args),
  );
  const rules = [...(request.rules ?? []), ...(await rulesOf(table, context))];
  const requester = request.requester ?? undefined;
  const open = { kind: 'approval' as const, ...request, requester, rules, escalateTo: escalate?.to ?? [] };
  return withApproval(open, { remind, escalate: escalate?.after, digest }, context, async (waiting) => {
    const result = await throughRounds(waiting);
    const outcome = result.approved ? 'approved' : result.expired ? 'expired' : 'rejected';
    return { outcome, reason: result.reason, result };
  });
};

/** The rules of a workbook as it is now: they stand in the history, so that an audit sees by which a case was decided. */
async function rulesOf(table: Arguments['table'], context: FlowContext) {
  if (!table) return [];
  const read = await context.activity(APPROVAL_ACTIVITIES.table, table, { capability: 'mail' });
  return ReadRulesResult.parse(read).rules;
}

async function throughRounds(waiting: Waiting): Promise<Result> {
  const { opened, pending } = waiting;
  const soFar = (): Pick<Result, 'decisions' | 'values'> => ({
    decisions: pending.decisions.map(asDecision),
    ...(opened.changes && { values: pending.values }),
  });
  for (const { round } of opened.rounds) {
    const made = await decisionOfRound(waiting, round);
    if (!made) return { approved: false, expired: true, ...soFar() };
    if (made.decision === 'rejected') return { approved: false, expired: false, ...soFar(), reason: made.reason };
  }
  return { approved: true, expired: false, ...soFar() };
}

function asDecision({ round: _round, corrections: _corrections, factor: _factor, ...made }: DecisionMade): Decision {
  return { ...made, decision: made.decision === 'rejected' ? 'rejected' : 'approved' };
}
