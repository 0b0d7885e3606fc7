/** The document bot: reads invoices of every form and checks them. Knows nothing of Temporal or of the store. */
export { drawBoxes } from './boxes.ts';
export { checkInvoice } from './checks/check.ts';
export { compareFiles } from './compare.ts';
export { isSure } from './judge.ts';
export { invoiceKey, supplierKey } from './key.ts';
export { withMemory } from './memory.ts';
export { notOurOwn } from './own-company.ts';
export { pdfLines } from './pdf-lines.ts';
export { createDocumentReader, type DocumentReader, type ReaderOptions } from './reader.ts';
export type { ReadContext, ReadPart, ReadResult } from './reading.ts';
