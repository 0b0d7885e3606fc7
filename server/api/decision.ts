import { z } from 'zod';
import { invoiceOf } from '../../core/model/about.ts';
import { readFields } from '../../core/fields/read.ts';
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
    .describe(
      'Of a validation that is "checked": what to correct, by field path such as "totals.gross"; of a task that is "done": what to fill in, by field',
    ),
});

type Decided = Pick<DecideRequest, 'decision' | 'reason' | 'invoice' | 'corrections' | 'answers'>;

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
  if (approval.kind === 'task') return doneBy(decision, fields, approval);
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

/** A task that a program has done: texts of its fields as a person would type them. Files come by the page. */
function doneBy(
  decision: string,
  typed: Record<string, string>,
  { to_do }: ApprovalRow,
): { decision: Decided } | { problem: string } {
  if (decision !== 'done') return { problem: 'a task is done or rejected' };
  const { values, problems } = readFields(to_do?.fields?.fields ?? [], typed, {}, 'en');
  if (problems.size > 0) return { problem: [...problems].map(([name, word]) => `${name}: ${word}`).join(' ') };
  return { decision: { decision: 'done', answers: values } };
}
