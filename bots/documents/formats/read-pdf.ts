import type { FileContent } from '../../../core/model/artefact.ts';
import { BOUNDS } from '../bounds.ts';
import { compareWithPages } from '../checks/compare.ts';
import { checkHidden } from '../checks/hidden.ts';
import { throwIfAborted } from '../failure.ts';
import { isUncertain } from '../confidence/judge.ts';
import { forPeople } from '../ocr/prepare.ts';
import { hasText, type Page } from '../page/words.ts';
import { openPdf, type PdfFile } from '../pdf/open.ts';
import { chosenPages, pageImages, textPages } from './pdf-pages.ts';
import { pageImage } from './read-image.ts';
import { readWithText } from './read-mixed.ts';
import { readDocumentPages, recogniseAndRead, type PageImage, type PagesReading } from './read-pages.ts';
import { resultOf, type ReadContext, type ReaderParts, type ReadPart, type ReadResult } from '../reading.ts';
import { readXml, type XmlReading } from '../xml/read.ts';

/** Reads a PDF: attached e-invoice first, then its text layer, else its page images. */
export async function readPdfFile(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  return readPdf(file, context, parts, true);
}

/** With `opens`, a cover or a portfolio that is no invoice itself is looked into; what lies in it is not opened in turn. */
async function readPdf(
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
  opens: boolean,
): Promise<ReadResult> {
  const pdf = await openPdf(file.bytes, { name: file.name, ...context });
  try {
    const attached = await attachedInvoice(pdf);
    const pages = await textPages(pdf, file, context);
    const readable = pages.some(hasText);
    if (attached) {
      const visible = readable ? readDocumentPages(pages, 'pdf-text') : undefined;
      const images = await pageImages(pdf, chosenPages(pdf.pages, BOUNDS.pageImages), file, context);
      return withHidden(resultOf([{ ...fromXml(attached, visible), pages: images }], file), pages);
    }
    const read = readable ? readWithText(pdf, pages, file, context, parts) : readScan(pdf, file, context, parts);
    const result = withHidden(await read, pages);
    const isInvoice = [result, ...result.others].some((part) => part.kind === 'invoice');
    return isInvoice || !opens ? result : await withInner(pdf, result, file, context, parts);
  } finally {
    await pdf.close();
  }
}

/** A portfolio shows a cover, and its documents are PDFs attached to it (ISO 32000-1, 7.11.6): they are read in its place. */
async function withInner(
  pdf: PdfFile,
  cover: ReadResult,
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<ReadResult> {
  const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
  const attached = (await pdf.attachments()).filter((one) => isPdf(one.bytes)).slice(0, BOUNDS.innerPdfs);
  const inner: ReadPart[] = [];
  for (const { name, bytes } of attached) {
    const { others, ...first } = await readPdf({ ...file, name: `${file.name}/${name}`, bytes }, context, parts, false);
    inner.push(first, ...others);
  }
  const found = inner.filter((part) => part.kind === 'invoice');
  return found.length > 0 ? resultOf(found, file) : cover;
}

/** What the text layer says that the pages do not show concerns every invoice of the file. */
function withHidden(result: ReadResult, pages: readonly Page[]): ReadResult {
  const told = <Part extends ReadPart>(part: Part): Part => {
    const found = part.invoice ? checkHidden(pages, part.invoice) : [];
    if (found.length === 0) return part;
    const uncertain = part.uncertain || found.some((finding) => finding.blocking);
    return { ...part, findings: [...part.findings, ...found], uncertain };
  };
  return { ...told(result), others: result.others.map(told) };
}

function fromXml({ invoice, findings }: XmlReading, visible: PagesReading | undefined): Omit<ReadPart, 'pages'> {
  const found = [...findings, ...(visible ? compareWithPages(invoice, visible.read, visible.text) : [])];
  const uncertain = isUncertain(invoice) || found.some((finding) => finding.blocking);
  return { kind: 'invoice', confidence: 1, how: 'xml', invoice, uncertain, findings: found };
}

/** Names that Factur-X, ZUGFeRD and XRechnung give their XML come first; any other attached XML is tried after them. */
const XML_NAMES = /^(?:factur-x|zugferd-invoice|xrechnung|order-x)\.xml$/i;

/** The e-invoice that is attached to a PDF; undefined where none is. */
export async function attachedInvoice(pdf: PdfFile): Promise<XmlReading | undefined> {
  const attachments = (await pdf.attachments()).filter(({ name }) => /\.xml$/i.test(name));
  attachments.sort((a, b) => Number(XML_NAMES.test(b.name)) - Number(XML_NAMES.test(a.name)));
  for (const { name, bytes } of attachments) {
    const reading = readXml(bytes, name);
    if (reading) return reading;
  }
  return undefined;
}

async function readScan(
  pdf: PdfFile,
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<ReadResult> {
  const images: PageImage[] = [];
  for (const number of chosenPages(pdf.pages, BOUNDS.ocrPages)) {
    throwIfAborted(context.signal, file.name);
    const { png } = await pdf.image(number, BOUNDS.ocrLongSide);
    images.push({ bytes: png, number });
  }
  const found: ReadPart[] = [];
  for (const { part, seen } of await recogniseAndRead(images, file, context, parts)) {
    const pages: FileContent[] = [];
    for (const { image, recognised } of seen.slice(0, BOUNDS.pageImages)) {
      pages.push(pageImage(file.name, image.number, await forPeople(image.bytes, file.name, recognised.rotation)));
    }
    found.push({ ...part, pages });
  }
  return resultOf(found, file);
}
