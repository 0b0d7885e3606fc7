import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { InvoiceKind } from '../model/invoice.ts';
import { defineFunction } from './define.ts';
import { DocumentKind } from './document-read.ts';

export const documentClassify = defineFunction({
  name: 'document.classify',
  summary:
    'Determines what a document is (invoice, order, reminder, statement, contract, delivery note, CV, …) from its first page, without reading its fields.',
  kind: 'activity',
  capability: 'documents',
  with: z.strictObject({ file: Artefact.describe('A stored file, for example an attachment of a mail') }),
  result: z.object({
    kind: DocumentKind,
    confidence: z.number().min(0).max(1).describe('The reader’s confidence in `kind`'),
    invoiceKind: InvoiceKind.optional().describe('Present when kind is invoice: receipt, credit note, correction, …'),
  }),
  // One page is recognised at most; a page on two busy cores takes up to a minute with its turns.
  limits: { attemptMs: 5 * 60_000, heartbeatMs: 120_000, attempts: 3 },
});
