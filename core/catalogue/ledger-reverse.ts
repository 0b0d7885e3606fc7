import { z } from 'zod';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';
import { Booking, LedgerPosting } from './ledger-post.ts';

export const ledgerReverse = defineFunction({
  name: 'ledger.reverse',
  summary:
    'Takes back the booking of an invoice, once, by the same amounts with the other sign; both stay in the books.',
  kind: 'activity',
  queued: true,
  capability: 'browser',
  with: LedgerPosting.extend({
    reason: z.string().min(1).describe('Kept in the books'),
    date: z.iso.date().optional().describe('Day of the reversal; without it, today'),
  }),
  result: Booking,
  limits: FORM_LIMITS,
});
