import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Finding, Invoice } from '../model/invoice.ts';
import { Period } from './approval/options.ts';
import { PersonOrRole } from './approval/rule.ts';
import { defineFunction } from './define.ts';

export const documentValidate = defineFunction({
  name: 'document.validate',
  summary: 'Shows a person the page image beside the fields, and waits for the corrected invoice.',
  kind: 'flow',
  capability: 'engine',
  with: z.strictObject({
    invoice: Invoice,
    file: Artefact.optional(),
    pages: z.array(Artefact).default([]),
    findings: z.array(Finding).default([]),
    assign: z.array(PersonOrRole).min(1).describe('People asked to correct; the first to answer decides'),
    remind: Period.optional(),
    expire: Period.default('10 working days'),
  }),
  result: z.object({
    outcome: z.enum(['corrected', 'confirmed', 'rejected']),
    invoice: Invoice.describe('The invoice as corrected'),
    corrections: z.array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() })),
    by: z.string().optional(),
    reason: z.string().optional(),
  }),
  limits: { attemptMs: 60_000, attempts: 20 },
});
