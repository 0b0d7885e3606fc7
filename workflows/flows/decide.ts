import { ApplicationFailure, condition, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Invoice } from '../../core/model/invoice.ts';
import type { DecisionMade, Refusal } from '../../core/model/approval.ts';
import { DECIDE_UPDATE, DecideRequest, REFUSAL_TYPE_PREFIX } from '../../core/model/approval.ts';
import type { ActRefusal, TrailEntry } from '../../core/model/approval-acts.ts';
import { APPROVAL_ACT_UPDATE, ApprovalAct } from '../../core/model/approval-acts.ts';
import type { Discussion } from './discussion.ts';
import type { PendingApproval } from './pending.ts';
import { isProved } from './proof.ts';

const decide = defineUpdate<DecisionMade, [DecideRequest]>(DECIDE_UPDATE);
const act = defineUpdate<TrailEntry | null, [ApprovalAct]>(APPROVAL_ACT_UPDATE);

/** An approval of this run and, of a validation, the invoice that came with the decision. */
type Open = { pending: PendingApproval; discussion: Discussion; invoice?: Invoice };

/** Approvals of this run, by id. Ended ones stay, so that a late click is told "decided", not "unknown". */
const approvals = new Map<string, Open>();

/** Makes an approval known to the update handlers. */
export function openToDecisions(approval: string, pending: PendingApproval, discussion: Discussion): void {
  approvals.set(approval, { pending, discussion });
}

/** The invoice as the person who decided handed it in. */
export function correctedInvoice(approval: string): Invoice | undefined {
  return approvals.get(approval)?.invoice;
}

/**
 * Installs the updates `decide` and `approvalAct`. Their validators refuse without a trace in the history; their
 * handlers answer only after the decision or act is in the store, so that the page shows it at once.
 */
export function installDecideHandler(): void {
  approvals.clear();
  setHandler(
    decide,
    async (raw) => {
      const request = DecideRequest.parse(raw);
      const open = admit(request, raw);
      const made = open.pending.accept(request, Date.now());
      if (request.invoice) open.invoice = request.invoice;
      await condition(() => open.pending.isRecorded(made));
      return made;
    },
    {
      validator: (raw) => {
        const parsed = DecideRequest.safeParse(raw);
        if (!parsed.success) throw refusal('malformed');
        admit(parsed.data, raw);
      },
      description: 'A person decides an approval or a validation.',
    },
  );
  setHandler(
    act,
    async (raw) => {
      const parsed = ApprovalAct.parse(raw);
      return (await open(parsed.approval).discussion.take(parsed)) ?? null;
    },
    {
      validator: (raw) => {
        const parsed = ApprovalAct.safeParse(raw);
        if (!parsed.success) throw refusal('malformed');
        const { discussion, pending } = open(parsed.data.approval);
        const refused = discussion.judge(parsed.data, Date.now());
        if (refused) throw refusal(refused);
        if (!proved(pending, APPROVAL_ACT_UPDATE, raw)) throw refusal('unproved');
      },
      description: 'A person hands over, asks, answers or comments; this is not a decision.',
    },
  );
}

/** `raw`: the request as it came, which is what the server has signed. */
function admit(request: DecideRequest, raw: unknown): Open {
  const found = open(request.approval);
  const refused = found.pending.judge(request, Date.now());
  if (refused) throw refusal(refused);
  if (!proved(found.pending, DECIDE_UPDATE, raw)) throw refusal('unproved');
  return found;
}

function proved({ opened }: PendingApproval, update: string, raw: unknown): boolean {
  return isProved(opened.proofKeys, workflowInfo().workflowId, update, raw);
}

function open(approval: string): Open {
  const found = approvals.get(approval);
  if (!found) throw refusal('unknown');
  return found;
}

/** How a refusal travels to the page: as a failure whose type names it. */
export function refusal(reason: Refusal | ActRefusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`this does not count: ${reason}`, REFUSAL_TYPE_PREFIX + reason);
}
