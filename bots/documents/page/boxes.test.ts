import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { drawBoxes } from './boxes.ts';

it('should draw the box of a field on its own page, in green where it is sure', async () => {
  const white = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  const page = { name: 'page.png', mediaType: 'image/png', bytes: white };
  const source = { page: 2, box: { x: 0.25, y: 0.5, width: 0.5, height: 0.25 } };
  const invoice = Invoice.parse({ fields: { 'totals.gross': { confidence: 0.97, source } } });
  const part = { kind: 'invoice', confidence: 1, how: 'ocr', uncertain: false, findings: [], invoice } as const;
  const [first, second] = await drawBoxes({ ...part, findings: [], pages: [page, page] });
  const pixel = async (png: Uint8Array | undefined, left: number, top: number) => {
    const region = { left, top, width: 1, height: 1 };
    return [...(await sharp(png).extract(region).removeAlpha().raw().toBuffer())];
  };
  expect(await pixel(first, 200, 250)).toEqual([255, 255, 255]);
  const [red = 255, green = 0] = await pixel(second, 200, 250);
  expect(green).toBeGreaterThan(red);
  expect(await pixel(second, 50, 50)).toEqual([255, 255, 255]);
});
