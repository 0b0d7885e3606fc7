import { z } from 'zod';
import { Finding, Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';

export const invoiceCheck = defineFunction({
  name: 'invoice.check',
  summary: 'Checks an invoice: arithmetic, NIP and VAT numbers, IBAN, dates, and whether it has been received before.',
  kind: 'activity',
  capability: 'engine',
  with: z.strictObject({
    invoice: Invoice,
    others: z
      .array(Invoice)
      .default([])
      .describe('The same invoice as read from other files of the mail (XML and PDF); a difference is a finding'),
    seen: z
      .strictObject({ by: z.string().describe('Address of the person'), findings: z.array(Finding) })
      .nullish()
      .describe(
        'After document.validate: the findings that a person has seen. They are passed to everyone who decides later',
      ),
    read: z.array(Finding).default([]).describe('Findings of document.read, kept in the result'),
  }),
  result: z.object({
    findings: z.array(Finding),
    ok: z.boolean().describe('True if no finding is blocking'),
    duplicateOf: z.string().optional().describe('Run that already handles this supplier and number'),
    key: z.string().optional().describe('Business key: supplier and invoice number'),
  }),
  // One look-up in the store.
  limits: { attemptMs: 30_000, attempts: 10 },
});
