/** The document bot: reads invoices of every form and checks them. Knows nothing of Temporal or of the store. */
export { drawBoxes } from './page/boxes.ts';
export { checkInvoice } from './checks/check.ts';
export { compareFiles } from './checks/compare.ts';
export { isSure } from './confidence/judge.ts';
export { formerInvoiceKey, invoiceKey, numberKey, supplierKey } from './supplier/key.ts';
export { supplierFindings, withMemory } from './supplier/memory.ts';
export { notOurOwn } from './supplier/own-company.ts';
export { pdfLines } from './pdf/lines.ts';
export { createDocumentReader, type DocumentReader, type ReaderOptions } from './reader.ts';
export type { ReadContext, ReadPart, ReadResult } from './reading.ts';
