import { z } from 'zod';
import { Finding, Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';

/** What an account was chosen by. */
export const CodingSource = z.enum(['person', 'rule', 'history', 'settings', 'none']);
export type CodingSource = z.infer<typeof CodingSource>;

export const accountSuggest = defineFunction({
  name: 'account.suggest',
  summary:
    'Suggests the account and cost centre of an invoice, from rules and from what was booked for its supplier before, and says why.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    ledger: z.string().describe('Name of a ledger in the settings; its default account comes last'),
    invoice: Invoice,
    rules: z
      .string()
      .regex(
        /^[^/\\]+\.(yaml|xlsx)$/,
        'rules are a file in the folder resources (coding.yaml) or a workbook (coding.xlsx)',
      )
      .optional()
      .describe(
        'Rules: a YAML file in the folder `resources` beside the definition, or a workbook of the folder of sheets',
      ),
  }),
  result: z.object({
    account: z.string().optional().describe('Absent where nothing is known of this supplier, and no default is set'),
    costCentre: z.string().optional(),
    source: CodingSource.describe('person: somebody chose it for this supplier the last time'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe('Share of the supplier’s last bookings that went there; 1 for a rule'),
    finding: Finding.describe('The reason, for the findings of an approval: people read it in their language'),
    alternatives: z
      .array(z.object({ account: z.string(), times: z.number().int() }))
      .describe('Other accounts that this supplier was booked on lately, most used first'),
  }),
  // A few rows of the store, and one small file.
  limits: { attemptMs: 60_000, attempts: 10 },
});
