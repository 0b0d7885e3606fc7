import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Finding, Invoice } from '../model/invoice.ts';
import { defineFunction } from './define.ts';

/**
 * What a paper is. Only `invoice` (with its corrections, advance and final invoices and receipts) is read into fields; a
 * pro forma asks for money and is none.
 */
export const DocumentKind = z.enum([
  'invoice',
  'proforma',
  'quote',
  'order',
  'delivery-note',
  'reminder',
  'statement',
  'contract',
  'cv',
  'other',
]);

/** One document of a file. */
const ReadDocument = z.object({
  file: Artefact,
  kind: DocumentKind,
  confidence: z.number().min(0).max(1).describe('The reader’s confidence in `kind`'),
  how: z.enum(['xml', 'pdf-text', 'ocr', 'none']).describe('What the fields were read from'),
  invoice: Invoice.optional().describe('Present when kind is invoice'),
  uncertain: z.boolean().describe('True if a person should check: a key field is missing or has low confidence'),
  findings: z
    .array(Finding)
    .describe('Findings from the reading itself, for example differences between the XML and the visible page'),
  pages: z.array(Artefact).describe('Page images (PNG), for people to look at'),
});

export const documentRead = defineFunction({
  name: 'document.read',
  summary: 'Reads an invoice from a document (e-invoice XML, PDF, scan or photo), with a confidence for each field.',
  kind: 'activity',
  capability: 'documents',
  with: z.strictObject({ file: Artefact.describe('A stored file, for example an attachment of a mail') }),
  result: ReadDocument.extend({
    others: z
      .array(ReadDocument)
      .default([])
      .describe('More documents in the file, for example several invoices in one PDF'),
  }),
  // OCR of a long scan on two busy cores; progress heartbeats after each page.
  limits: { attemptMs: 10 * 60_000, heartbeatMs: 120_000, attempts: 3 },
});
