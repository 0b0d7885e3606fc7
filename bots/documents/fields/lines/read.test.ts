import { describe, expect, it } from 'vitest';
import type { Invoice } from '../../../../core/model/invoice.ts';
import { checkArithmetic } from '../../checks/arithmetic.ts';
import { readPages } from '../read.ts';
import { pageOf, type Row } from '../testing.ts';

const read = (...pages: (readonly Row[])[]): Invoice =>
  readPages(
    pages.map((rows, index) => pageOf(rows, 1, index + 1)),
    true,
  ).invoice;
const sureOf = ({ fields }: Invoice, line: number) => fields[`lines.${line}`]?.confidence ?? 0;

const POLISH_HEAD: readonly Row[] = [
  [40, 200, 'Lp.'],
  [70, 200, 'Nazwa towaru lub usługi'],
  [230, 200, 'J.m.'],
  [265, 200, 'Ilość'],
  [310, 200, 'Cena netto'],
  [380, 200, 'VAT'],
  [420, 200, 'Wartość netto'],
];
const TOTALS: readonly Row[] = [
  [330, 320, 'Razem netto'],
  [440, 320, '1 260,00'],
  [330, 335, 'Kwota VAT'],
  [440, 335, '289,80'],
  [330, 350, 'Razem brutto'],
  [440, 350, '1 549,80'],
];

describe('lines of a table', () => {
  it('are read by its headings, with descriptions over several lines and thousands parted by blanks', () => {
    const invoice = read([
      ...POLISH_HEAD,
      [40, 220, '1'],
      [70, 220, 'Papier ksero A4 80g'],
      [232, 220, 'ryza'],
      [270, 220, '12'],
      [320, 220, '5,00'],
      [380, 220, '23%'],
      [450, 220, '60,00'],
      [70, 233, 'karton 5 ryz, biały'],
      [40, 250, '2'],
      [70, 250, 'Drukarka laserowa'],
      [232, 250, 'szt.'],
      [275, 250, '1'],
      [310, 250, '1 200,00'],
      [380, 250, '23%'],
      [440, 250, '1 200,00'],
      ...TOTALS,
    ]);
    expect(invoice.lines).toEqual([
      {
        name: 'Papier ksero A4 80g karton 5 ryz, biały',
        quantity: '12',
        unit: 'ryza',
        unitPrice: '5',
        net: '60.00',
        vatRate: '23',
      },
      { name: 'Drukarka laserowa', quantity: '1', unit: 'szt.', unitPrice: '1200', net: '1200.00', vatRate: '23' },
    ]);
    expect(sureOf(invoice, 0)).toBeGreaterThanOrEqual(0.95);
    expect(invoice.fields['lines.1']?.source).toMatchObject({ page: 1, box: { x: expect.any(Number) } });
  });

  it('go on over pages, past carried sums and a repeated head', () => {
    const invoice = read(
      [
        ...POLISH_HEAD,
        [40, 220, '1'],
        [70, 220, 'Usługa A'],
        [275, 220, '2'],
        [320, 220, '30,00'],
        [380, 220, '23%'],
        [450, 220, '60,00'],
        [330, 240, 'Do przeniesienia'],
        [450, 240, '60,00'],
        [280, 800, 'Strona 1 z 2'],
      ],
      [
        [40, 30, 'Faktura nr FV/7/2026'],
        ...POLISH_HEAD,
        [330, 215, 'Z przeniesienia'],
        [450, 215, '60,00'],
        [40, 230, '2'],
        [70, 230, 'Usługa B'],
        [275, 230, '4'],
        [310, 230, '300,00'],
        [380, 230, '23%'],
        [440, 230, '1 200,00'],
        ...TOTALS,
      ],
    );
    expect(invoice.lines.map((line) => [line.name, line.net])).toEqual([
      ['Usługa A', '60.00'],
      ['Usługa B', '1200.00'],
    ]);
    expect(invoice.fields['lines.1']?.source).toMatchObject({ page: 2 });
  });

  it('have their headings on two lines and their values on lines of their own', () => {
    const invoice = read([
      [40, 200, 'Pos.'],
      [80, 194, 'Artikelbezeichnung'],
      [300, 194, 'Menge'],
      [360, 194, 'Einzelpreis'],
      [450, 194, 'Gesamt'],
      [362, 206, 'EUR'],
      [452, 206, 'netto EUR'],
      [40, 225, '1'],
      [80, 225, 'Beratung vor Ort'],
      [300, 237, '8,5 Std'],
      [375, 237, '100,00'],
      [455, 237, '850,00'],
      [350, 270, 'Nettobetrag'],
      [455, 270, '850,00'],
      [350, 285, 'MwSt. 19 %'],
      [455, 285, '161,50'],
      [350, 300, 'Bruttobetrag'],
      [450, 300, '1.011,50'],
    ]);
    expect(invoice.lines).toEqual([
      { name: 'Beratung vor Ort', quantity: '8.5', unit: 'Std', unitPrice: '100', net: '850.00' },
    ]);
  });

  it('take "1,000" for one or for a thousand as the product tells', () => {
    const table = (quantity: string, price: string, amount: string) =>
      read([
        [40, 200, 'Description'],
        [250, 200, 'Qty'],
        [320, 200, 'Unit price'],
        [430, 200, 'Amount'],
        [40, 220, 'Cable'],
        [245, 220, quantity],
        [330, 220, price],
        [425, 220, amount],
      ]).lines[0];
    expect(table('1,000', '2.50', '2,500.00')).toMatchObject({ quantity: '1000', net: '2500.00' });
    expect(table('1,000', '2,50', '2,50')).toMatchObject({ quantity: '1', net: '2.50' });
  });

  it('stay as printed and less sure where they do not multiply out, and a check tells it', () => {
    const invoice = read([
      [40, 200, 'Description'],
      [250, 200, 'Qty'],
      [320, 200, 'Unit price'],
      [430, 200, 'Net amount'],
      [40, 220, 'Chairs'],
      [250, 220, '4'],
      [330, 220, '50.00'],
      [430, 220, '290.00'],
      [330, 260, 'Net total'],
      [430, 260, '200.00'],
      [330, 275, 'VAT amount'],
      [430, 275, '46.00'],
      [330, 290, 'Grand total'],
      [430, 290, '246.00'],
    ]);
    expect(invoice.lines[0]).toMatchObject({ quantity: '4', unitPrice: '50', net: '290.00' });
    expect(sureOf(invoice, 0)).toBeLessThan(0.85);
    expect(checkArithmetic(invoice).map(({ rule, blocking }) => [rule, blocking])).toEqual([
      ['arithmetic.lines', false],
      ['arithmetic.line', false],
    ]);
  });

  it('are gross where they add up to the gross total', () => {
    const invoice = read([
      [40, 200, 'Item'],
      [250, 200, 'Qty'],
      [320, 200, 'Price'],
      [430, 200, 'Amount'],
      [40, 220, 'Lunch'],
      [250, 220, '2'],
      [330, 220, '60.00'],
      [430, 220, '120.00'],
      ...([
        [330, 260, 'Net amount'],
        [430, 260, '100.00'],
        [330, 275, 'VAT amount'],
        [430, 275, '20.00'],
        [330, 290, 'Grand total'],
        [430, 290, '120.00'],
      ] as const),
    ]);
    expect(invoice.lines).toEqual([{ name: 'Lunch', quantity: '2', gross: '120.00' }]);
  });

  it('are none where the paper only speaks of prices and quantities', () => {
    const invoice = read([
      [40, 200, 'Please note that the unit price and the quantity of each item'],
      [40, 215, 'Net amount 100.00'],
      [40, 230, 'VAT amount 20.00'],
      [40, 245, 'Grand total 120.00'],
    ]);
    expect(invoice.lines).toEqual([]);
  });

  it('make a total sure that stands without a clear label', () => {
    const rows: Row[] = [
      [40, 200, 'Description'],
      [250, 200, 'Qty'],
      [320, 200, 'Unit price'],
      [430, 200, 'Amount'],
      [40, 220, 'Chairs'],
      [250, 220, '4'],
      [330, 220, '50.00'],
      [430, 220, '200.00'],
      [330, 275, 'Total'],
      [430, 275, '200.00'],
    ];
    const { totals, fields } = read(rows);
    expect(totals.gross).toBe('200.00');
    expect(fields['totals.gross']?.confidence).toBeGreaterThanOrEqual(0.97);
  });
});
