import { z } from 'zod';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';
import { Booking, LedgerInvoice, ofLedger } from './ledger-post.ts';

export const ledgerGet = defineFunction({
  name: 'ledger.get',
  summary: 'Shows the booking of an invoice with its accounts and proof; a missing booking is a business exception.',
  kind: 'activity',
  queued: ofLedger,
  capability: 'browser',
  with: LedgerInvoice,
  result: Booking.omit({ outcome: true }).extend({
    lines: z
      .array(
        z.object({ account: z.string(), amount: z.string().describe('Debits are positive, credits are negative') }),
      )
      .describe('Empty if the ledger does not show accounts'),
    reversedBy: z.string().optional().describe('Record that reversed it'),
  }),
  limits: FORM_LIMITS,
});
