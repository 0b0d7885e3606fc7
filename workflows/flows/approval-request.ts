import type { z } from 'zod';
import type { Decision } from '../../definitions/functions/approval-request.ts';
import { approvalRequest } from '../../definitions/functions/approval-request.ts';
import type { DecisionMade } from '../../definitions/model/approval.ts';
import type { Flow } from './context.ts';
import type { Waiting } from './waiting.ts';
import { decisionOfRound, withApproval } from './waiting.ts';

type Result = z.infer<typeof approvalRequest.result>;

/**
 * `approval.request`: asks, reminds, waits. Each round needs one approval of a person who has not approved before; the
 * first rejection, and the expiry, end it.
 */
export const approvalRequestFlow: Flow = async (args, context) => {
  const { remind, ...request } = approvalRequest.with.parse(args);
  return withApproval({ kind: 'approval', ...request }, remind, context, async (waiting) => {
    const result = await throughRounds(waiting);
    const outcome = result.approved ? 'approved' : result.expired ? 'expired' : 'rejected';
    return { outcome, reason: result.reason, result };
  });
};

async function throughRounds(waiting: Waiting): Promise<Result> {
  for (const { round } of waiting.opened.rounds) {
    const made = await decisionOfRound(waiting, round);
    if (!made) return { approved: false, expired: true, decisions: decisionsOf(waiting) };
    if (made.decision === 'rejected') {
      return { approved: false, expired: false, decisions: decisionsOf(waiting), reason: made.reason };
    }
  }
  return { approved: true, expired: false, decisions: decisionsOf(waiting) };
}

function decisionsOf(waiting: Waiting): Decision[] {
  return waiting.pending.decisions.map(asDecision);
}

function asDecision(made: DecisionMade): Decision {
  return {
    approver: made.approver,
    decision: made.decision === 'rejected' ? 'rejected' : 'approved',
    reason: made.reason,
    at: made.at,
  };
}
