import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

/** What was booked, as the ledger tells it. */
export const Booking = z.object({
  ledger: z.string(),
  outcome: z.enum(['posted', 'already-posted']),
  reference: z.string().describe('Business key under which it was posted: supplier and invoice number'),
  record: z.string().describe('Number that the ledger gave'),
  date: z.iso.date(),
  readBack: z.record(z.string(), z.string()).default({}),
  proof: z.array(Artefact).default([]),
});
export type Booking = z.infer<typeof Booking>;

export const ledgerPost = defineFunction({
  name: 'ledger.post',
  summary: 'Books an invoice in a ledger exactly once and keeps the proof.',
  kind: 'activity',
  capability: 'browser',
  with: z.strictObject({
    ledger: z.string().describe('Name of a ledger in the settings'),
    invoice: Invoice,
    account: z.string().optional().describe('Expense account; without it, the one that the settings give'),
    costCentre: z.string().optional(),
  }),
  result: Booking,
  limits: FORM_LIMITS,
});
