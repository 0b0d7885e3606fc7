import type { DecideRequest } from '../definitions/model/approval.ts';
import { MAX_REASON_LENGTH } from '../definitions/model/approval.ts';
import { formOf, readInvoiceForm } from './invoice-form.ts';
import type { Again } from './pages/again.ts';
import type { View } from './pages/layout.ts';
import type { Visit } from './state.ts';
import type { PageToken, Tokens } from './tokens.ts';

type Decided = {
  decision: Pick<DecideRequest, 'decision' | 'reason' | 'invoice' | 'corrections'>;
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
    const read = readInvoiceForm(typed, visit.dossier.approval.about, view.text);
    if (read.wrong.size > 0) return { ...kept, wrong: read.wrong, problem: view.text.station.wrong.heading };
    const { invoice, corrections } = read;
    if (corrections.length === 0) return { decision: { decision: 'confirmed' }, page };
    return { decision: { decision: 'corrected', invoice, corrections }, page };
  }
  if (!typed && verb === 'approved') return { decision: { decision: 'approved' }, page };
  return { ...kept, problem: problems.choose };
}

function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' ? value : undefined;
}
