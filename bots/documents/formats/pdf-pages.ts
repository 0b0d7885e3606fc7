import type { FileContent } from '../../../core/model/artefact.ts';
import { BOUNDS } from '../bounds.ts';
import { throwIfAborted } from '../failure.ts';
import { forPeople } from '../ocr/prepare.ts';
import type { Page } from '../page/words.ts';
import type { PdfFile } from '../pdf/open.ts';
import { seenText } from '../pdf/visible.ts';
import { wordsOfPdf } from '../pdf/words.ts';
import { pageImage } from './read-image.ts';
import type { ReadContext } from '../reading.ts';

/** Numbers of the pages that are read: all of a usual document; of a long one the first ones and the last. */
export function chosenPages(count: number, limit: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return count <= limit ? all : [...all.slice(0, limit - 2), ...all.slice(-2)];
}

/** Words of a page's text layer, as far as the page shows them. */
export async function seenPage(pdf: PdfFile, number: number): Promise<Page> {
  const text = await pdf.text(number);
  if (text.runs.length === 0) return wordsOfPdf(text, number);
  const { runs, hidden } = seenText(text, await pdf.ink(number));
  return { ...wordsOfPdf({ ...text, runs }, number), hidden };
}

/** Words of the text layer, page by page. */
export async function textPages(pdf: PdfFile, file: FileContent, context: ReadContext): Promise<Page[]> {
  const pages: Page[] = [];
  for (const number of chosenPages(pdf.pages, BOUNDS.textPages)) {
    throwIfAborted(context.signal, file.name);
    pages.push(await seenPage(pdf, number));
    context.onProgress?.(`page ${number} of ${pdf.pages}: text`);
  }
  return pages;
}

/** Images of pages for people. */
export async function pageImages(
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
