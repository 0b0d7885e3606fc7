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
import { readDocumentPages, recogniseAndRead, withCodes, type PageImage, type PagesReading } from './read-pages.ts';
import { resultOf, type ReadContext, type ReaderParts, type ReadPart, type ReadResult } from './reading.ts';
import { renumbered, splitPages } from './split.ts';
import { readXml, type XmlReading } from './xml/read.ts';

/** A page with fewer letters than this has no text layer worth the name (a scanner's stamp, a page number). */
const LEAST_LETTERS = 60;

/** Reads a PDF: attached e-invoice first, then its text layer, else its page images. */
export async function readPdfFile(file: FileContent, context: ReadContext, parts: ReaderParts): Promise<ReadResult> {
  const pdf = await openPdf(file.bytes, { name: file.name, ...context });
  try {
    const attached = await attachedInvoice(pdf);
    const pages = await textPages(pdf, file, context);
    const hasText = pages.reduce((total, page) => total + lettersOf(page), 0) >= LEAST_LETTERS;
    if (attached) {
      const visible = hasText ? readDocumentPages(pages, 'pdf-text') : undefined;
      const images = await pageImages(pdf, chosenPages(pdf.pages, BOUNDS.pageImages), file, context);
      return resultOf([{ ...fromXml(attached, visible), pages: images }], file);
    }
    return hasText ? await readText(pdf, pages, file, context) : await readScan(pdf, file, context, parts);
  } finally {
    await pdf.close();
  }
}

const lettersOf = (page: Page): number => page.words.reduce((sum, word) => sum + word.text.length, 0);

/** The documents of a text layer, each with images of its own pages. */
async function readText(
  pdf: PdfFile,
  pages: readonly Page[],
  file: FileContent,
  context: ReadContext,
): Promise<ReadResult> {
  const found: ReadPart[] = [];
  for (const group of splitPages(pages, true)) {
    const reading = readDocumentPages(renumbered(group.pages), 'pdf-text');
    const numbers = [...group.pages, ...group.copies].map((page) => page.number);
    const shown = chosenPages(numbers.length, BOUNDS.pageImages).flatMap((at) => numbers[at - 1] ?? []);
    const images = await pageImages(pdf, shown, file, context);
    found.push({ ...(await withCodes(reading, images)), pages: images });
  }
  return resultOf(found, file);
}

function fromXml({ invoice, findings }: XmlReading, visible: PagesReading | undefined): Omit<ReadPart, 'pages'> {
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

async function pageImages(
  pdf: PdfFile,
  numbers: readonly number[],
  file: FileContent,
  context: ReadContext,
): Promise<FileContent[]> {
  const images: FileContent[] = [];
  for (const number of numbers) {
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
