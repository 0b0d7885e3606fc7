import { z } from 'zod';
import { Finding, Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';

/** What an account was chosen by. */
export const CodingSource = z.enum(['person', 'rule', 'history', 'settings', 'none']);
export type CodingSource = z.infer<typeof CodingSource>;

export const accountSuggest = defineFunction({
  name: 'account.suggest',
  summary:
    'Suggests the account and cost centre of an invoice from rules and the supplier’s earlier bookings, with the reason.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    ledger: z.string().describe('Name of a ledger in the settings; its default account is used if nothing else fits'),
    invoice: Invoice,
    rules: z
      .string()
      .regex(
        /^[^/\\]+\.(yaml|xlsx)$/,
        'rules are a file in the folder resources (coding.yaml) or a workbook (coding.xlsx)',
      )
      .optional()
      .describe('Rules: a YAML file in `resources` beside the definition, or a workbook in the folder of sheets'),
  }),
  result: z.object({
    account: z.string().optional().describe('Absent if nothing is known about this supplier and there is no default'),
    costCentre: z.string().optional(),
    source: CodingSource.describe('person: somebody chose it for this supplier last time'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe('Share of the supplier’s recent bookings on this account; 1 for a rule'),
    finding: Finding.describe('The reason, for the findings of an approval; shown to people in their language'),
    alternatives: z
      .array(z.object({ account: z.string(), times: z.number().int() }))
      .describe('Other accounts recently used for this supplier, most used first'),
  }),
  // A few rows of the store, and one small file.
  limits: { attemptMs: 60_000, attempts: 10 },
});
