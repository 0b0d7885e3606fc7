import { z } from 'zod';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';
import { Booking, LedgerPosting, ofLedger } from './ledger-post.ts';

export const ledgerReverse = defineFunction({
  name: 'ledger.reverse',
  summary:
    'Reverses the booking of an invoice exactly once, by the same amounts with the opposite sign; both stay in the books.',
  kind: 'activity',
  queued: ofLedger,
  capability: 'browser',
  with: LedgerPosting.extend({
    reason: z.string().min(1).describe('Recorded in the books'),
    date: z.iso.date().optional().describe('Date of the reversal; by default, today'),
  }),
  result: Booking,
  limits: FORM_LIMITS,
});
