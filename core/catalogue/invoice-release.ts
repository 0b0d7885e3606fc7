import { z } from 'zod';
import { Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';

export const invoiceRelease = defineFunction({
  name: 'invoice.release',
  summary: 'Releases the invoice from this run, so that a corrected one can come in under the same number.',
  kind: 'activity',
  capability: 'engine',
  with: z.strictObject({ invoice: Invoice }),
  result: z.object({ released: z.boolean() }),
  // One row in the store.
  limits: { attemptMs: 30_000, attempts: 10 },
});
