import type { FileContent } from '../../definitions/model/artefact.ts';
import { BOUNDS } from './bounds.ts';
import { compareWithPages } from './compare.ts';
import { throwIfAborted } from './failure.ts';
import { isUncertain } from './judge.ts';
import { forPeople } from './ocr/prepare.ts';
import type { Page } from './page/words.ts';
import { openPdf, type PdfFile } from './pdf/open.ts';
import { wordsOfPdf } from './pdf/words.ts';
import { pageImage } from './read-image.ts';
import { recogniseAndRead, resultOf } from './read-pages.ts';
import type { ReadContext, ReaderParts, ReadResult } from './reading.ts';
import { readXml, type XmlReading } from './xml/read.ts';

/** A page with fewer letters than this has no text layer worth the name (a scanner's stamp, a page number). */
const LEAST_LETTERS = 60;

/** Reads a PDF: attached e-invoice first, then its text layer, else its page images. */
export async function readPdfFile(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  const pdf = await openPdf(file.bytes, { name: file.name, ...context });
  try {
    const attached = await attachedInvoice(pdf);
    const pages = await textPages(pdf, file, context);
    const letters = pages.reduce(
      (total, page) => total + page.words.reduce((sum, word) => sum + word.text.length, 0),
      0,
    );
    const hasText = letters >= LEAST_LETTERS;
    if (!hasText && !attached) return await readScan(pdf, file, context, parts);
    const visible = hasText ? resultOf(pages, 'pdf-text') : undefined;
    const images = await pageImages(pdf, file, context);
    if (attached) return { ...fromXml(attached, visible), pages: images };
    const { read: _read, text: _text, ...rest } = visible ?? resultOf(pages, 'pdf-text');
    return { ...rest, pages: images };
  } finally {
    await pdf.close();
  }
}

function fromXml(
  { invoice, findings }: XmlReading,
  visible: ReturnType<typeof resultOf> | undefined,
): Omit<ReadResult, 'pages'> {
  const found = [...findings, ...(visible ? compareWithPages(invoice, visible.read, visible.text) : [])];
  const uncertain = isUncertain(invoice) || found.some((finding) => finding.blocking);
  return { kind: 'invoice', confidence: 1, how: 'xml', invoice, uncertain, findings: found };
}

/** Names that Factur-X, ZUGFeRD and XRechnung give their XML come first; any other attached XML is tried after them. */
const XML_NAMES = /^(?:factur-x|zugferd-invoice|xrechnung|order-x)\.xml$/i;

async function attachedInvoice(pdf: PdfFile): Promise<XmlReading | undefined> {
  const attachments = (await pdf.attachments()).filter(({ name }) => /\.xml$/i.test(name));
  attachments.sort((a, b) => Number(XML_NAMES.test(b.name)) - Number(XML_NAMES.test(a.name)));
  for (const { name, bytes } of attachments) {
    const reading = readXml(bytes, name);
    if (reading) return reading;
  }
  return undefined;
}

/** Numbers of the pages that are read: all of a usual document; of a long one the first ones and the last. */
function chosenPages(count: number, limit: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return count <= limit ? all : [...all.slice(0, limit - 2), ...all.slice(-2)];
}

async function textPages(pdf: PdfFile, file: FileContent, context: ReadContext): Promise<Page[]> {
  const pages: Page[] = [];
  for (const number of chosenPages(pdf.pages, BOUNDS.textPages)) {
    throwIfAborted(context.signal, file.name);
    pages.push(wordsOfPdf(await pdf.text(number), number));
    context.onProgress?.(`page ${number} of ${pdf.pages}: text`);
  }
  return pages;
}

async function pageImages(pdf: PdfFile, file: FileContent, context: ReadContext): Promise<FileContent[]> {
  const images: FileContent[] = [];
  for (const number of chosenPages(pdf.pages, BOUNDS.pageImages)) {
    throwIfAborted(context.signal, file.name);
    const { png } = await pdf.image(number, BOUNDS.pageImageWidth);
    images.push(pageImage(file.name, number, await forPeople(png, file.name, 0)));
    context.onProgress?.(`page ${number} of ${pdf.pages}: image`);
  }
  return images;
}

async function readScan(
  pdf: PdfFile,
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<ReadResult> {
  const images: { bytes: Uint8Array; number: number }[] = [];
  for (const number of chosenPages(pdf.pages, BOUNDS.ocrPages)) {
    throwIfAborted(context.signal, file.name);
    const { png } = await pdf.image(number, BOUNDS.ocrLongSide);
    images.push({ bytes: png, number });
  }
  const { result, recognised } = await recogniseAndRead(images, file, context, parts);
  const pages: FileContent[] = [];
  for (const [index, image] of images.slice(0, BOUNDS.pageImages).entries()) {
    const rotation = recognised[index]?.rotation ?? 0;
    pages.push(pageImage(file.name, image.number, await forPeople(image.bytes, file.name, rotation)));
  }
  const { read: _read, text: _text, ...rest } = result;
  return { ...rest, pages };
}
