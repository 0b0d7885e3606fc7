import { describe, expect, it } from 'vitest';
import { read, type Row } from './testing.ts';

const HEAD: readonly Row[] = [
  [40, 30, 'Faktura korygująca nr KOR/3/2026'],
  [40, 45, 'Data wystawienia: 04.05.2026'],
  [40, 60, 'Do faktury nr FV/120/2026 z dnia 04.03.2026'],
  [40, 90, 'Sprzedawca'],
  [40, 105, 'Drukarnia Nowa sp. z o.o.'],
  [40, 120, 'NIP: 526-000-12-46'],
  [300, 90, 'Nabywca'],
  [300, 105, 'Hurtownia Stara S.A.'],
  [300, 120, 'NIP: 774-000-14-54'],
];

/** A table with its head; `y` of its first row, amounts of a line of net, VAT and gross. */
const table = (y: number, head: string, ...amounts: readonly string[]): Row[] => [
  [40, y, head],
  [40, y + 15, 'Nazwa'],
  [280, y + 15, 'Netto'],
  [360, y + 15, 'VAT'],
  [440, y + 15, 'Brutto'],
  [40, y + 30, 'Papier'],
  ...amounts.map((amount, index): Row => [280 + index * 80, y + 30, amount]),
];
const BEFORE = table(180, 'Było', '1 000,00', '230,00', '1 230,00');
const AFTER = table(240, 'Jest', '800,00', '184,00', '984,00');
const CHANGED = { net: '-200.00', vat: '-46.00', gross: '-246.00' };

describe('a correction that shows before and after', () => {
  it('has the totals that its row of differences prints', () => {
    const invoice = read([
      ...HEAD,
      ...BEFORE,
      ...AFTER,
      [40, 300, 'Korekta'],
      [280, 300, '-200,00'],
      [360, 300, '-46,00'],
      [440, 300, '-246,00'],
      [40, 330, 'Do zwrotu: 246,00 PLN'],
    ]);
    expect(invoice).toMatchObject({
      kind: 'correction',
      number: 'KOR/3/2026',
      references: { corrected: 'FV/120/2026' },
      totals: CHANGED,
    });
    expect(invoice.fields['totals.gross']?.confidence).toBeGreaterThanOrEqual(0.9);
    // Lines of either table are not what is booked.
    expect(invoice.lines).toEqual([]);
  });

  it('has the difference of both tables where none is printed, surer where the paper names its sum', () => {
    const alone = read([...HEAD, ...BEFORE, ...AFTER]);
    expect(alone.totals).toMatchObject(CHANGED);
    expect(alone.fields['totals.gross']?.confidence).toBeLessThan(0.85);
    const named = read([...HEAD, ...BEFORE, ...AFTER, [40, 330, 'Kwota do zwrotu: 246,00 PLN']]);
    expect(named.totals).toMatchObject(CHANGED);
    expect(named.fields['totals.gross']?.confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('has a raised price as a positive difference', () => {
    const dearer = table(240, 'Powinno być', '1 100,00', '253,00', '1 353,00');
    expect(read([...HEAD, ...BEFORE, ...dearer]).totals).toMatchObject({
      net: '100.00',
      vat: '23.00',
      gross: '123.00',
    });
  });

  it('has no totals where the tables do not add up: neither of them is to be booked', () => {
    const { totals } = read([...HEAD, ...table(180, 'Było', '1 000,00', '1 230,00'), ...table(240, 'Jest', '800,00')]);
    expect(totals).toEqual({});
  });

  it('leaves an invoice that only says so its own totals', () => {
    const rows = HEAD.map(([x, y, text]): Row => [x, y, text.replace('Faktura korygująca', 'Faktura')]);
    const { kind, totals } = read([...rows, ...BEFORE]);
    expect(kind).toBe('invoice');
    expect(totals.gross).toBe('1230.00');
  });
});

it.each<[language: string, number: string, corrected: string, gross: string, rows: Row[]]>([
  [
    'Polish',
    'FK/7/2026',
    'FV/120/2026',
    '-246.00',
    [
      [40, 30, 'Faktura korygująca nr FK/7/2026'],
      [40, 60, 'Numer faktury korygowanej: FV/120/2026'],
      [40, 300, 'Razem netto'],
      [440, 300, '-200,00'],
      [40, 315, 'Razem VAT'],
      [440, 315, '-46,00'],
      [40, 330, 'Razem brutto'],
      [440, 330, '-246,00'],
    ],
  ],
  [
    'English',
    'CN-2026-9',
    'INV-2026-41',
    '-120.00',
    [
      [40, 30, 'CREDIT NOTE'],
      [300, 30, 'Credit note number: CN-2026-9'],
      [300, 60, 'Original invoice: INV-2026-41'],
      [40, 300, 'Net amount'],
      [440, 300, '(100.00)'],
      [40, 315, 'VAT 20%'],
      [440, 315, '(20.00)'],
      [40, 330, 'Total credit GBP'],
      [440, 330, '(120.00)'],
    ],
  ],
  [
    'German',
    'GS-2026-9',
    'RE-2026-41',
    '-119.00',
    [
      [40, 30, 'Gutschrift Nr. GS-2026-9'],
      [40, 45, 'zu Rechnung Nr. RE-2026-41'],
      [40, 300, 'Nettobetrag'],
      [440, 300, '-100,00 EUR'],
      [40, 315, 'zzgl. 19 % MwSt.'],
      [440, 315, '-19,00 EUR'],
      [40, 330, 'Gutschriftsbetrag'],
      [440, 330, '-119,00 EUR'],
    ],
  ],
  [
    'French',
    'AV-2026-9',
    'FA-2026-41',
    '-120.00',
    [
      [40, 30, 'AVOIR N° AV-2026-9'],
      [40, 45, 'Avoir sur facture n° FA-2026-41'],
      [40, 300, 'Total HT'],
      [440, 300, '-100,00 €'],
      [40, 315, 'TVA 20 %'],
      [440, 315, '-20,00 €'],
      [40, 330, 'Total TTC'],
      [440, 330, '-120,00 €'],
    ],
  ],
  [
    'Spanish',
    'NC-2026-9',
    'F-2026-41',
    '-121.00',
    [
      [40, 30, 'Nota de crédito'],
      [300, 30, 'Número: NC-2026-9'],
      [40, 45, 'Rectifica la factura n° F-2026-41'],
      [40, 300, 'Base imponible'],
      [440, 300, '-100,00 €'],
      [40, 315, 'IVA 21 %'],
      [440, 315, '-21,00 €'],
      [40, 330, 'Total'],
      [440, 330, '-121,00 €'],
    ],
  ],
  [
    'Italian',
    'NC-2026-9',
    'F-2026-41',
    '-122.00',
    [
      [40, 30, 'Nota di credito n. NC-2026-9'],
      [40, 45, 'Fattura originale n. F-2026-41'],
      [40, 300, 'Imponibile'],
      [440, 300, '-100,00 €'],
      [40, 315, 'IVA 22 %'],
      [440, 315, '-22,00 €'],
      [40, 330, 'Totale documento'],
      [440, 330, '-122,00 €'],
    ],
  ],
  [
    'Dutch',
    'CF-2026-9',
    'F-2026-41',
    '-121.00',
    [
      [40, 30, 'Creditfactuur'],
      [300, 30, 'Factuurnummer: CF-2026-9'],
      [40, 45, 'Betreft factuur: F-2026-41'],
      [40, 300, 'Subtotaal'],
      [440, 300, '-100,00 €'],
      [40, 315, 'BTW 21 %'],
      [440, 315, '-21,00 €'],
      [40, 330, 'Totaal incl. BTW'],
      [440, 330, '-121,00 €'],
    ],
  ],
  [
    'Portuguese',
    'NC 2026/9',
    'FT 2026/41',
    '-123.00',
    [
      [40, 30, 'Nota de crédito n.º NC 2026/9'],
      [40, 45, 'Referente à fatura n.º FT 2026/41'],
      [40, 300, 'Total ilíquido'],
      [440, 300, '-100,00 €'],
      [40, 315, 'IVA 23 %'],
      [440, 315, '-23,00 €'],
      [40, 330, 'Total'],
      [440, 330, '-123,00 €'],
    ],
  ],
])(
  'reads a %s credit note with its number, the one it corrects and amounts below zero',
  (_, number, corrected, gross, rows) => {
    const invoice = read(rows);
    expect(invoice).toMatchObject({ number, references: { corrected }, totals: { gross } });
    expect(['correction', 'credit-note']).toContain(invoice.kind);
  },
);
