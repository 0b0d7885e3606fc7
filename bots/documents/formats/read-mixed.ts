import sharp from 'sharp';
import type { FileContent } from '../../../core/model/artefact.ts';
import { BOUNDS } from '../bounds.ts';
import { throwIfAborted } from '../failure.ts';
import { forPeople } from '../ocr/prepare.ts';
import { readQrCodes, type QrFacts } from '../ocr/qr.ts';
import { recognisePage, type RecognisedPage } from '../ocr/recognise.ts';
import { hasText, type Page } from '../page/words.ts';
import type { PdfFile } from '../pdf/open.ts';
import { chosenPages, pageImages } from './pdf-pages.ts';
import { pageImage } from './read-image.ts';
import { readDocumentPages, readPasses, withCodes } from './read-pages.ts';
import { resultOf, type ReadContext, type ReaderParts, type ReadPart, type ReadResult } from '../reading.ts';
import { renumbered, splitPages } from '../kinds/split.ts';

/** Share of dark dots below which a page is empty but for its number: a line of print covers twice as much. */
const LEAST_INK = 0.001;
/** Grey below which a dot counts as print, 0 (black) to 255. */
const DARK = 180;

/** A page of a PDF that was recognised because it carries no text, with its picture. */
type Scanned = { recognised: RecognisedPage; png: Uint8Array };

/**
 * Reads a PDF whose pages carry text, some of them perhaps not: a scanned page among the others (a signed last page with
 * the totals, an invoice that somebody scanned into a file of others) is recognised, and counts like the rest.
 */
export async function readWithText(
  pdf: PdfFile,
  pages: readonly Page[],
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<ReadResult> {
  const scanned = await recogniseScanned(pdf, pages, file, context, parts);
  const all = pages.map((page) => scanned.get(page.number)?.recognised.page ?? page);
  const found: ReadPart[] = [];
  for (const group of splitPages(all, scanned.size === 0)) {
    const numbers = [...group.pages, ...group.copies].map((page) => page.number);
    const shown = chosenPages(numbers.length, BOUNDS.pageImages).flatMap((at) => numbers[at - 1] ?? []);
    const images = await imagesOf(pdf, shown, scanned, file, context);
    found.push({ ...(await readGroup(group.pages, scanned, images)), pages: images });
  }
  return resultOf(found, file);
}

/** Pages without text that are not empty either, recognised; by their numbers. Each costs seconds, so not all of many. */
async function recogniseScanned(
  pdf: PdfFile,
  pages: readonly Page[],
  file: FileContent,
  context: ReadContext,
  { pool }: ReaderParts,
): Promise<ReadonlyMap<number, Scanned>> {
  const bare = pages.filter((page) => !hasText(page)).map((page) => page.number);
  const found = new Map<number, Scanned>();
  for (const number of chosenPages(bare.length, BOUNDS.ocrPages).flatMap((at) => bare[at - 1] ?? [])) {
    throwIfAborted(context.signal, file.name);
    const { png } = await pdf.image(number, BOUNDS.ocrLongSide);
    if (await isEmpty(png)) continue;
    const recognised = await recognisePage(pool, { bytes: png, number }, { name: file.name, ...context });
    const before = pages.find((page) => page.number === number)?.words.length ?? 0;
    if (recognised.page.words.length > before) found.set(number, { recognised, png });
  }
  return found;
}

async function isEmpty(png: Uint8Array): Promise<boolean> {
  const { channels } = await sharp(png).flatten({ background: '#fff' }).greyscale().threshold(DARK).stats();
  return 1 - (channels[0]?.mean ?? 255) / 255 < LEAST_INK;
}

async function imagesOf(
  pdf: PdfFile,
  numbers: readonly number[],
  scanned: ReadonlyMap<number, Scanned>,
  file: FileContent,
  context: ReadContext,
): Promise<FileContent[]> {
  const images: FileContent[] = [];
  for (const number of numbers) {
    const scan = scanned.get(number);
    if (scan) {
      const upright = await forPeople(scan.png, file.name, scan.recognised.rotation);
      images.push(pageImage(file.name, number, upright));
    } else images.push(...(await pageImages(pdf, [number], file, context)));
  }
  return images;
}

/** One document of the file: by its text alone, or by text and recognised words together. */
async function readGroup(
  pages: readonly Page[],
  scanned: ReadonlyMap<number, Scanned>,
  images: readonly FileContent[],
): Promise<Omit<ReadPart, 'pages'>> {
  if (!pages.some((page) => scanned.has(page.number)))
    return withCodes(readDocumentPages(renumbered(pages), 'pdf-text'), images);
  const codes: QrFacts[] = [];
  for (const { bytes } of images) codes.push(await readQrCodes(bytes));
  // The text of a page is the same in every pass.
  const passes = pages.map(
    (page) =>
      scanned.get(page.number)?.recognised ?? { page, again: () => Promise.resolve({ sparse: page, united: page }) },
  );
  return readPasses(passes, Object.assign({}, ...codes));
}
