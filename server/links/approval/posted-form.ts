import { MAX_VALUE_LENGTH } from '../../../core/catalogue/approval/options.ts';
import { invoiceOf } from '../../../core/model/about.ts';
import type { DecideRequest } from '../../../core/model/approval.ts';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import { formOf, readInvoiceForm } from '../station/invoice-form.ts';
import type { Again } from '../form-shown-again.ts';
import type { View } from '../../site/layout.ts';
import type { Visit } from '../request-state.ts';
import type { PageToken, Tokens } from '../../site/tokens.ts';

type Decided = {
  decision: Pick<DecideRequest, 'decision' | 'reason' | 'invoice' | 'corrections' | 'values' | 'comment'>;
  page: PageToken;
};

/** Reads a posted form: the decision, or the page to show again with a word on what is missing. */
export function readDecision(
  form: FormData,
  visit: Visit,
  tokens: Tokens,
  view: View,
): Decided | (Again & { problem: string }) {
  const { problems } = view.text;
  const verb = text(form, 'decision');
  const reason = text(form, 'reason')?.trim();
  const rejecting = verb === 'rejected';
  const typed = visit.dossier.approval.kind === 'validation' ? formOf(form) : undefined;
  const kept: Again = { reason, rejecting, typed };
  const page = tokens.readPage(visit.link, text(form, 'page') ?? '');
  if (!page || page.expiresAt <= view.now) return { ...kept, problem: problems.pageExpired };
  if (rejecting) {
    if (!reason) return { ...kept, problem: problems.reasonMissing };
    if (reason.length > MAX_REASON_LENGTH) return { ...kept, problem: problems.reasonTooLong(MAX_REASON_LENGTH) };
    return { decision: { decision: 'rejected', reason }, page };
  }
  if (typed && verb === 'checked') {
    const read = readInvoiceForm(typed, invoiceOf(visit.dossier.approval.about), view.text);
    if (read.wrong.size > 0) return { ...kept, wrong: read.wrong, problem: view.text.station.wrong.heading };
    const { invoice, corrections } = read;
    if (corrections.length === 0) return { decision: { decision: 'confirmed' }, page };
    return { decision: { decision: 'corrected', invoice, corrections }, page };
  }
  if (!typed && (verb === 'approved' || form.has('again'))) return readApproval(form, visit, view, page);
  return { ...kept, problem: problems.choose };
}

/** An approval with its comment and the changeable fields: only those of the request, and of a list only what is in it. */
function readApproval(
  form: FormData,
  visit: Visit,
  view: View,
  page: PageToken,
): Decided | (Again & { problem: string }) {
  const { people } = view.text;
  const values: Record<string, string> = {};
  let problem: string | undefined;
  for (const { name, options } of visit.dossier.approval.changes) {
    const value = text(form, `value.${name}`)?.trim();
    if (value === undefined) continue;
    values[name] = value;
    if (options && !options.includes(value)) problem = people.changes.choose;
    if (value.length > MAX_VALUE_LENGTH) problem = people.changes.tooLong;
  }
  const comment = text(form, 'comment')?.trim();
  if (comment && comment.length > MAX_REASON_LENGTH) problem = people.comment.tooLong(MAX_REASON_LENGTH);
  if (problem) return { values, comment, problem };
  const said = { ...(Object.keys(values).length > 0 && { values }), ...(comment && { comment }) };
  return { decision: { decision: 'approved', ...said }, page };
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' ? value : undefined;
}
