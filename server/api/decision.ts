import { z } from 'zod';
import { invoiceOf } from '../../core/model/about.ts';
import type { DecideRequest } from '../../core/model/approval.ts';
import { DecisionVerb, MAX_REASON_LENGTH } from '../../core/model/approval.ts';
import type { ApprovalRow } from '../../store/approvals.ts';
import { invoiceToForm, readInvoiceForm } from '../links/station/invoice-form.ts';
import { messages } from '../site/messages/index.ts';

/** What a program sends to decide a task. */
export const Decision = z.strictObject({
  decision: DecisionVerb.exclude(['corrected', 'confirmed']).or(z.literal('checked')),
  reason: z.string().trim().min(1).max(MAX_REASON_LENGTH).optional().describe('Needed to reject'),
  fields: z
    .record(z.string(), z.string())
    .optional()
    .describe('Of a validation that is "checked": what to correct, by field path such as "totals.gross"'),
});

type Decided = Pick<DecideRequest, 'decision' | 'reason' | 'invoice' | 'corrections'>;

/** What a program decides, in the words of the run; or why it cannot be said so. */
export function decisionOf(
  { decision, reason, fields = {} }: z.output<typeof Decision>,
  approval: ApprovalRow,
): { decision: Decided } | { problem: string } {
  if (decision === 'rejected') {
    return reason === undefined ? { problem: 'rejecting needs a reason' } : { decision: { decision, reason } };
  }
  if (approval.kind === 'approval') {
    return decision === 'approved' ? { decision: { decision } } : { problem: 'an approval is approved or rejected' };
  }
  if (decision !== 'checked') return { problem: 'a validation is checked or rejected' };
  const about = invoiceOf(approval.about);
  const form = invoiceToForm(about, 'en');
  const unknown = Object.keys(fields).filter((path) => !Object.hasOwn(form.fields, path));
  if (unknown.length > 0) return { problem: `no such field: ${unknown.join(', ')}` };
  const typed = { ...form, fields: { ...form.fields, ...fields } };
  const { invoice, corrections, wrong } = readInvoiceForm(typed, about, messages.en);
  if (wrong.size > 0) return { problem: [...wrong].map(([path, word]) => `${path}: ${word}`).join(' ') };
  if (corrections.length === 0) return { decision: { decision: 'confirmed' } };
  return { decision: { decision: 'corrected', invoice, corrections } };
}
