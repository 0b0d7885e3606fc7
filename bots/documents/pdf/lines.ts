import type { Line } from '../page/layout.ts';
import { linesOf } from '../page/layout.ts';
import { openPdf } from './open.ts';
import { wordsOfPdf } from './words.ts';

/**
 * Lines of the text layer of a PDF, page by page from top to bottom, each with its cells from left to right. A scan has
 * none.
 * @throws a business exception `unreadable-document` for one that is damaged, encrypted or too large
 */
export async function pdfLines(bytes: Uint8Array, name: string): Promise<Line[]> {
  const pdf = await openPdf(bytes, { name });
  try {
    const lines: Line[] = [];
    for (let page = 1; page <= pdf.pages; page += 1) lines.push(...linesOf(wordsOfPdf(await pdf.text(page), page)));
    return lines;
  } finally {
    await pdf.close();
  }
}
