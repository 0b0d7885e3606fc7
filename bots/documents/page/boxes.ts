import sharp from 'sharp';
import type { Reading } from '../../../core/model/invoice.ts';
import { SURE_ENOUGH } from '../confidence/judge.ts';
import type { ReadPart } from '../reading.ts';

/** Colours of boxes: sure, unsure, mended. Dark enough to be read on white. */
const COLOURS = { sure: '#0a7d2c', unsure: '#c25400', repaired: '#b00020' } as const;
/** Height of a name and its distance from the box, as shares of the page's width. */
const TEXT = 0.0095;
const AIR = 0.003;

/** Page images of a document with the boxes that its fields were read from, each with its name and confidence (PNG). */
export async function drawBoxes({ pages, invoice }: ReadPart): Promise<Uint8Array[]> {
  const drawn: Uint8Array[] = [];
  for (const [index, page] of pages.entries()) {
    const image = sharp(page.bytes);
    const { width, height } = await image.metadata();
    const boxes = Object.entries(invoice?.fields ?? {}).map(([path, reading]) =>
      boxOf(path, reading, index + 1, width, height),
    );
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}</svg>`;
    drawn.push(
      await image
        .composite([{ input: Buffer.from(svg) }])
        .png()
        .toBuffer(),
    );
  }
  return drawn;
}

/** One field's box as SVG; nothing for a field of another page. */
function boxOf(
  path: string,
  { confidence, repaired, source }: Reading,
  page: number,
  width: number,
  height: number,
): string {
  if (!source || !('box' in source) || source.page !== page) return '';
  const colour = repaired ? COLOURS.repaired : confidence >= SURE_ENOUGH ? COLOURS.sure : COLOURS.unsure;
  const [air, size] = [AIR * width, TEXT * width];
  const x = source.box.x * width - air;
  const y = source.box.y * height - air;
  const name = `${path} ${Math.round(confidence * 100)}`;
  const [w, h] = [source.box.width * width + 2 * air, source.box.height * height + 2 * air];
  return (
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour}" fill-opacity="0.08" stroke="${colour}" stroke-width="${width / 800}"/>` +
    `<text x="${x}" y="${y - air / 2}" font-family="sans-serif" font-size="${size}" fill="${colour}" stroke="#ffffff" stroke-width="${size / 4}" paint-order="stroke">${name}</text>`
  );
}
