import sharp from 'sharp';
import { Invoice } from '../../core/model/invoice.ts';
import { invoice } from './approvals.ts';

/** Where the page shows what: shares of its width and height. */
const BOXES = {
  number: { x: 0.55, y: 0.06, width: 0.3, height: 0.03 },
  dueDate: { x: 0.55, y: 0.1, width: 0.3, height: 0.03 },
  'totals.gross': { x: 0.6, y: 0.6, width: 0.28, height: 0.04 },
};

/**
 * An invoice as it was read badly: the gross amount is unsure and wrong, its right value among the alternatives, and the
 * due date was not read at all.
 */
export function badlyRead(number: string) {
  const { dueDate: _unread, ...rest } = invoice;
  return Invoice.parse({
    ...rest,
    number,
    totals: { ...invoice.totals, gross: '12800.00', payable: undefined },
    fields: {
      number: { confidence: 0.99, source: { page: 1, box: BOXES.number } },
      dueDate: { confidence: 0.3, source: { page: 1, box: BOXES.dueDate } },
      'totals.gross': {
        confidence: 0.42,
        source: { page: 1, box: BOXES['totals.gross'] },
        alternatives: ['12300,00', '12380,00'],
      },
    },
  });
}

/** What the checks found in it. */
export const FINDING = {
  rule: 'arithmetic.gross',
  blocking: true,
  field: 'totals.gross',
  values: { net: '10000.00', vat: '2300.00', expected: '12300.00', gross: '12800.00' },
};

/** A page that looks like that invoice. */
export function pageOf(number: string): Promise<Buffer> {
  const text = (x: number, y: number, size: number, words: string): string =>
    `<text x="${x}" y="${y}" font-family="DejaVu Sans, sans-serif" font-size="${size}" fill="#222">${words}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1414"><rect width="1000" height="1414" fill="#fff"/>
${text(560, 110, 26, number)}${text(560, 165, 20, 'Termin płatności 2026-12-04')}${text(80, 195, 24, 'Stalpol Żelazo i Stal S.A.')}
${text(80, 520, 20, 'Pręt żebrowany 12 mm    2,5 t    8 000,00')}${text(80, 560, 20, 'Transport    1 szt.    2 000,00')}
${text(560, 800, 20, 'Netto 10 000,00')}${text(560, 835, 20, 'VAT 23% 2 300,00')}${text(610, 885, 28, '12 300,00 PLN')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
