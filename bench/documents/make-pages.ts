import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { FileContent } from '../../core/model/artefact.ts';

/** Text at a place on an A4 page, points from the top left corner. */
export type Placed = readonly [x: number, y: number, text: string];

const A4 = { width: 595, height: 842 };
const SIZE = 10;

/** A PDF with text at places, and with attached files. For tests only; standard fonts know Latin-1. */
export async function makePdf(
  pages: readonly (readonly Placed[])[],
  attachments: Record<string, string> = {},
): Promise<FileContent> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const texts of pages) {
    const page = pdf.addPage([A4.width, A4.height]);
    for (const [x, y, text] of texts)
      page.drawText(text, { x, y: A4.height - y, size: SIZE, font, color: rgb(0, 0, 0) });
  }
  for (const [name, xml] of Object.entries(attachments))
    await pdf.attach(Buffer.from(xml), name, { mimeType: 'text/xml' });
  return { name: 'test.pdf', mediaType: 'application/pdf', bytes: await pdf.save() };
}

/** A scan: the same places as black text on white, at 200 dpi, turned clockwise by `degrees`. */
export async function makeScan(texts: readonly Placed[], degrees = 0): Promise<FileContent> {
  const scale = 200 / 72;
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rows = texts.map(
    ([x, y, text]) =>
      `<text x="${x * scale}" y="${y * scale}" font-size="${11 * scale}" font-family="sans-serif">${escape(text)}</text>`,
  );
  const [width, height] = [Math.round(A4.width * scale), Math.round(A4.height * scale)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="white"/>${rows.join('')}</svg>`;
  const bytes = await sharp(Buffer.from(svg)).rotate(degrees, { background: 'white' }).png().toBuffer();
  return { name: 'scan.png', mediaType: 'image/png', bytes };
}

/** A usual Polish invoice. */
export const POLISH: readonly Placed[] = [
  [50, 60, 'Faktura VAT nr FV/17/05/2026'],
  [50, 80, 'Data wystawienia: 04.05.2026'],
  [50, 95, 'Termin platnosci: 18.05.2026'],
  [50, 130, 'Sprzedawca'],
  [320, 130, 'Nabywca'],
  [50, 145, 'Drukarnia Nowa sp. z o.o.'],
  [320, 145, 'Hurtownia Stara S.A.'],
  [50, 160, 'NIP: 526-000-12-46'],
  [320, 160, 'NIP: 774-000-14-54'],
  [50, 220, 'Stawka'],
  [200, 220, 'Netto'],
  [300, 220, 'VAT'],
  [400, 220, 'Brutto'],
  [50, 235, '23%'],
  [200, 235, '1 000,00'],
  [300, 235, '230,00'],
  [400, 235, '1 230,00'],
  [50, 250, 'Razem'],
  [200, 250, '1 000,00'],
  [300, 250, '230,00'],
  [400, 250, '1 230,00'],
  [50, 280, 'Do zaplaty: 1 230,00 PLN'],
  [50, 295, 'Konto: 61 1090 1014 0000 0712 1981 2874'],
];
