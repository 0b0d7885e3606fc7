import { z } from 'zod';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';
import { Booking, LedgerInvoice, ofLedger } from './ledger-post.ts';

export const ledgerFind = defineFunction({
  name: 'ledger.find',
  summary: 'Checks whether an invoice is booked in a ledger; writes nothing.',
  kind: 'activity',
  queued: ofLedger,
  capability: 'browser',
  with: LedgerInvoice,
  result: z.object({
    found: z.boolean(),
    entry: Booking.omit({ outcome: true, proof: true }).optional().describe('Where it is booked'),
    differs: z
      .array(z.object({ field: z.string(), invoice: z.string(), booked: z.string() }))
      .default([])
      .describe('Values in which the entry differs from this invoice: another invoice may have the same number'),
  }),
  limits: FORM_LIMITS,
});
