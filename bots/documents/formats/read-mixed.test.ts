import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileContent } from '../../../core/model/artefact.ts';
import { createDocumentReader } from '../index.ts';
import { makePdf, makeScan, POLISH, type Placed } from '../../../bench/documents/make-pages.ts';

const OCR_TIMEOUT_MS = 120_000;
const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

/** A PDF in which each page is one with text or, where `scans` names its index, a picture of it. */
async function mixed(pages: readonly (readonly Placed[])[], scans: readonly number[]): Promise<FileContent> {
  const pdf = await PDFDocument.create();
  for (const [index, texts] of pages.entries()) {
    if (scans.includes(index)) {
      const page = pdf.addPage([595, 842]);
      const image = await pdf.embedPng((await makeScan(texts)).bytes);
      page.drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
    } else {
      const [page] = await pdf.copyPages(await PDFDocument.load((await makePdf([texts])).bytes), [0]);
      if (page) pdf.addPage(page);
    }
  }
  return { name: 'mixed.pdf', mediaType: 'application/pdf', bytes: await pdf.save() };
}

describe('a scanned page among pages with text', { timeout: OCR_TIMEOUT_MS }, () => {
  it('should give the totals that stand on it alone', async () => {
    const cut = POLISH.findIndex(([, y]) => y >= 220);
    const { how, kind, invoice, pages } = await reader.read(
      await mixed([POLISH.slice(0, cut), POLISH.slice(cut)], [1]),
    );
    expect({ how, kind }).toEqual({ how: 'ocr', kind: 'invoice' });
    expect(invoice).toMatchObject({
      number: 'FV/17/05/2026',
      seller: { name: 'Drukarnia Nowa sp. z o.o.', vatId: '5260001246' },
      totals: { net: '1000.00', vat: '230.00', gross: '1230.00' },
      payment: { iban: 'PL61109010140000071219812874' },
    });
    expect(invoice?.fields['totals.gross']?.source).toMatchObject({ page: 2 });
    expect(pages.map((page) => page.name)).toEqual(['mixed-page-1.png', 'mixed-page-2.png']);
  });

  it('should be an invoice of its own where it is one', async () => {
    const other = POLISH.map(([x, y, text]): Placed => [x, y, text.replace('FV/17/05/2026', 'FV/18/05/2026')]);
    const { others, ...first } = await reader.read(await mixed([POLISH, other], [1]));
    expect([first, ...others].map(({ how, invoice }) => [how, invoice?.number])).toEqual([
      ['pdf-text', 'FV/17/05/2026'],
      ['ocr', 'FV/18/05/2026'],
    ]);
  });

  it('should not be looked for on a page that is empty but for its number', async () => {
    const notes: string[] = [];
    const { how } = await reader.read(await mixed([POLISH, [[300, 800, '2 / 2']]], []), {
      onProgress: (note) => notes.push(note),
    });
    expect(how).toBe('pdf-text');
    expect(notes.filter((note) => note.includes('recognising'))).toEqual([]);
  });
});
