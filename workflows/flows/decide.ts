import { ApplicationFailure, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { Invoice } from '../../definitions/model/invoice.ts';
import type { DecisionMade, Refusal } from '../../definitions/model/approval.ts';
import { DECIDE_UPDATE, DecideRequest, REFUSAL_TYPE_PREFIX } from '../../definitions/model/approval.ts';
import type { PendingApproval } from './pending.ts';

const decide = defineUpdate<DecisionMade, [DecideRequest]>(DECIDE_UPDATE);

/** An approval of this run and, of a validation, the invoice that came with the decision. */
type Open = { pending: PendingApproval; invoice?: Invoice };

/** Approvals of this run, by id. Ended ones stay, so that a late click is told "decided", not "unknown". */
const approvals = new Map<string, Open>();

/** Makes an approval known to the update handler. */
export function openToDecisions(approval: string, pending: PendingApproval): void {
  approvals.set(approval, { pending });
}

/** The invoice as the person who decided handed it in. */
export function correctedInvoice(approval: string): Invoice | undefined {
  return approvals.get(approval)?.invoice;
}

/**
 * Installs the `decide` update. The validator refuses without a trace in the history; the handler answers only after
 * the decision is in the store, so that the page shows it at once.
 */
export function installDecideHandler(): void {
  approvals.clear();
  setHandler(
    decide,
    async (raw) => {
      const request = DecideRequest.parse(raw);
      const open = admit(request);
      const made = open.pending.accept(request, Date.now());
      if (request.invoice) open.invoice = request.invoice;
      await condition(() => open.pending.isRecorded(request.round));
      return made;
    },
    {
      validator: (raw) => {
        const parsed = DecideRequest.safeParse(raw);
        if (!parsed.success) throw refusal('malformed');
        admit(parsed.data);
      },
      description: 'A person decides an approval or a validation.',
    },
  );
}

function admit(request: DecideRequest): Open {
  const open = approvals.get(request.approval);
  if (!open) throw refusal('unknown');
  const refused = open.pending.judge(request, Date.now());
  if (refused) throw refusal(refused);
  return open;
}

function refusal(reason: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`the decision does not count: ${reason}`, REFUSAL_TYPE_PREFIX + reason);
}
