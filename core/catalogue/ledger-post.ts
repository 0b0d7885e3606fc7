import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Invoice } from '../model/invoice.ts';
import { Priority } from '../model/queue.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

/** What every function of a ledger says: which ledger, which invoice. */
export const LedgerInvoice = z.strictObject({
  ledger: z.string().describe('Name of a ledger in the settings'),
  invoice: Invoice,
  priority: Priority.default('normal').describe(
    'Place in the queue of the target; within it, what is due sooner goes first',
  ),
});

/** How an invoice is booked. */
export const LedgerPosting = LedgerInvoice.extend({
  account: z.string().min(1).nullish().describe('Expense account; without it, the one that the settings give'),
  costCentre: z.string().nullish(),
  chosenBy: z
    .string()
    .nullish()
    .describe('Person who chose the account, where one did: the next suggestion for the supplier follows them'),
});

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
  queued: true,
  capability: 'browser',
  with: LedgerPosting,
  result: Booking,
  limits: FORM_LIMITS,
});
