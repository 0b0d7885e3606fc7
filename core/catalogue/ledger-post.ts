import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Invoice } from '../model/invoice.ts';
import { Priority } from '../model/queue.ts';
import { defineFunction, type Queued } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

/** What every function of a ledger says: which ledger, which invoice. */
export const LedgerInvoice = z.strictObject({
  ledger: z.string().describe('Name of a ledger in the settings'),
  invoice: Invoice,
  priority: Priority.default('normal').describe(
    'Priority in the queue of the target; within a priority, the item due first goes first',
  ),
});

/** Calls of a ledger wait for the target behind it, known by their invoice. */
export const ofLedger: Queued<z.infer<typeof LedgerInvoice>> = {
  target: ({ ledger }) => ({ ledger }),
  entry: ({ invoice: { number, seller, totals, currency, dueDate }, priority }) => {
    const amount = totals.gross && `${totals.gross} ${currency ?? ''}`;
    return { title: [number, seller.name, amount].filter(Boolean).join(' · '), priority, due: dueDate };
  },
};

/** How an invoice is booked. */
export const LedgerPosting = LedgerInvoice.extend({
  account: z.string().min(1).nullish().describe('Expense account; by default, the one in the settings'),
  costCentre: z.string().nullish(),
  chosenBy: z
    .string()
    .nullish()
    .describe('Person who chose the account, if any: the next suggestion for this supplier uses that choice'),
});

/** What was booked, as the ledger tells it. */
export const Booking = z.object({
  ledger: z.string(),
  outcome: z.enum(['posted', 'already-posted']),
  reference: z.string().describe('Business key of the posting: supplier and invoice number'),
  record: z.string().describe('Number assigned by the ledger'),
  date: z.iso.date(),
  readBack: z.record(z.string(), z.string()).default({}),
  proof: z.array(Artefact).default([]),
});
export type Booking = z.infer<typeof Booking>;

export const ledgerPost = defineFunction({
  name: 'ledger.post',
  summary: 'Books an invoice in a ledger exactly once and keeps the proof.',
  kind: 'activity',
  queued: ofLedger,
  capability: 'browser',
  with: LedgerPosting,
  result: Booking,
  limits: FORM_LIMITS,
});
