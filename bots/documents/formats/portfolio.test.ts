import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, expect, it } from 'vitest';
import { makePdf, POLISH } from '../../../bench/documents/make-pages.ts';
import { createDocumentReader } from '../reader.ts';

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

it('should read the invoice that lies in a portfolio, in place of its cover', async () => {
  const cover = await PDFDocument.create();
  cover
    .addPage([595, 842])
    .drawText('For the best experience, open this PDF portfolio in a newer version of your program.', {
      x: 40,
      y: 700,
      size: 10,
    });
  await cover.attach((await makePdf([POLISH])).bytes, 'FV_17.pdf', { mimeType: 'application/pdf' });
  const result = await reader.read({ name: 'portfolio.pdf', mediaType: 'application/pdf', bytes: await cover.save() });
  expect(result).toMatchObject({ kind: 'invoice', invoice: { number: 'FV/17/05/2026', totals: { gross: '1230.00' } } });
});
