import type { z } from 'zod';
import { documentValidate } from '../../core/catalogue/document-validate.ts';
import type { Flow } from './context.ts';
import { correctedInvoice } from './decide.ts';
import { decisionOfRound, withApproval } from './waiting.ts';

type Result = z.infer<typeof documentValidate.result>;

/** A validation has one round and no rules. */
const NOTHING_ELSE = { rules: [], changes: [], escalateTo: [] };

/** `document.validate`: one person corrects or confirms the fields beside the page image, or rejects the document. */
export const documentValidateFlow: Flow = async (args, context) => {
  const { remind, invoice, assign, ...request } = documentValidate.with.parse(args);
  const open = {
    kind: 'validation' as const,
    about: invoice,
    approvers: assign,
    second: [],
    ...NOTHING_ELSE,
    ...request,
  };
  return withApproval(open, { remind }, context, async ({ opened, ...rest }) => {
    const made = await decisionOfRound({ opened, ...rest }, 1);
    if (!made) {
      const result: Result = { outcome: 'rejected', invoice, corrections: [], reason: 'expired' };
      return { outcome: 'expired', result };
    }
    const outcome = made.decision === 'corrected' || made.decision === 'rejected' ? made.decision : 'confirmed';
    const result: Result = {
      outcome,
      invoice: outcome === 'corrected' ? (correctedInvoice(opened.approval) ?? invoice) : invoice,
      corrections: made.corrections ?? [],
      by: made.approver,
      reason: made.reason,
    };
    return { outcome, reason: made.reason, result };
  });
};
