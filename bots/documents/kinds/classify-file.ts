import type { FileContent } from '../../../core/model/artefact.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import { BOUNDS } from '../bounds.ts';
import type { Kind } from './classify.ts';
import type { Format } from '../formats/detect.ts';
import { recognisePage } from '../ocr/recognise.ts';
import { hasText, type Page } from '../page/words.ts';
import { openPdf, type PdfFile } from '../pdf/open.ts';
import { seenPage } from '../formats/pdf-pages.ts';
import { readDocumentPages } from '../formats/read-pages.ts';
import { attachedInvoice } from '../formats/read-pdf.ts';
import { readXmlFile } from '../formats/read-xml.ts';
import type { ReadContext, ReaderParts } from '../reading.ts';

/** What a document is; of an invoice also which one (a receipt, a correction). */
export type Classified = { kind: Kind; confidence: number; invoiceKind?: Invoice['kind'] };

/** Pages in whose text a kind is looked for: a contract's title stands on its cover, an invoice's after a letter. */
const TEXT_PAGES = 3;

/** Tells what a document is by its XML, its first pages of text, or its first page recognised once. */
export async function classifyFile(
  file: FileContent,
  format: Format,
  context: ReadContext,
  parts: ReaderParts,
): Promise<Classified> {
  if (format === 'xml') return kindOf(readXmlFile(file));
  if (format === 'image') return classifyImage(file.bytes, file, context, parts);
  const pdf = await openPdf(file.bytes, { name: file.name, ...context });
  try {
    const attached = await attachedInvoice(pdf);
    if (attached) return { kind: 'invoice', confidence: 1, invoiceKind: attached.invoice.kind };
    const pages = await firstPages(pdf);
    if (pages.some(hasText)) return kindOf(readDocumentPages(pages, 'pdf-text').part);
    const { png } = await pdf.image(1, BOUNDS.ocrLongSide);
    return await classifyImage(png, file, context, parts);
  } finally {
    await pdf.close();
  }
}

function kindOf({ kind, confidence, invoice }: Classified & { invoice?: Invoice | undefined }): Classified {
  return { kind, confidence, ...(kind === 'invoice' && invoice && { invoiceKind: invoice.kind }) };
}

async function firstPages(pdf: PdfFile): Promise<Page[]> {
  const pages: Page[] = [];
  for (let number = 1; number <= Math.min(pdf.pages, TEXT_PAGES); number += 1) pages.push(await seenPage(pdf, number));
  return pages;
}

async function classifyImage(
  bytes: Uint8Array,
  file: FileContent,
  context: ReadContext,
  { pool }: ReaderParts,
): Promise<Classified> {
  const { page } = await recognisePage(pool, { bytes, number: 1, page: 0 }, { name: file.name, ...context });
  return kindOf(readDocumentPages([page], 'ocr').part);
}
