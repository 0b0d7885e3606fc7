import { describe, expect, it } from 'vitest';
import { isSure } from '../confidence/judge.ts';
import { read, TAIL, type Row } from './testing.ts';

const PLN = 'PL61 1090 1014 0000 0712 1981 2874';
const EUR = 'PL27 1140 2004 0000 3002 0135 5387';
const bare = (account: string): string => account.replaceAll(' ', '');

/** An invoice over 123.00 in złoty or euro with these rows about accounts. */
const invoiceIn = (currency: string, rows: readonly string[]): readonly Row[] => [
  [50, 100, 'Faktura VAT nr FV/7/2026'],
  [50, 300, 'Razem netto: 100,00'],
  [50, 315, 'VAT 23%: 23,00'],
  [50, 330, `Do zaplaty: 123,00 ${currency}`],
  ...rows.map((text, index): Row => [50, 360 + index * 15, text]),
];

describe('several accounts', () => {
  it.each([
    ['the code before each', ['Rachunek EUR: ' + EUR, 'Rachunek PLN: ' + PLN]],
    ['the code behind each', [`Konto: ${EUR} (EUR)`, `Konto: ${PLN} (PLN)`]],
    ['words for the money', ['Konto walutowe (euro): ' + EUR, 'Konto zlotowe: ' + PLN]],
    ['heads over them', ['Konto EUR', EUR, 'Konto PLN', PLN]],
    ['both on one row', [`PLN: ${PLN} EUR: ${EUR}`]],
  ])('should give that of the currency of the invoice: %s', (_, rows) => {
    expect(read(invoiceIn('PLN', rows)).payment.iban).toBe(bare(PLN));
    expect(read(invoiceIn('EUR', rows)).payment.iban).toBe(bare(EUR));
    expect(isSure(read(invoiceIn('PLN', rows)), 'payment.iban')).toBe(true);
  });

  it.each([
    ['the only one is of other money', 'PLN', ['Rachunek EUR: ' + EUR]],
    ['one has no money', 'PLN', ['Rachunek EUR: ' + EUR, 'Rachunek: ' + PLN]],
    ['none has', 'PLN', ['Rachunek: ' + EUR, 'Rachunek: ' + PLN]],
    ['both have the same', 'PLN', ['Rachunek PLN: ' + EUR, 'Rachunek PLN: ' + PLN]],
    ['neither is of it', 'CHF', ['Rachunek EUR: ' + EUR, 'Rachunek PLN: ' + PLN]],
  ])('should leave it to a person where %s', (_, currency, rows) => {
    expect(isSure(read(invoiceIn(currency, rows)), 'payment.iban')).toBe(false);
  });
});

describe('totals that add up by chance', () => {
  const EXEMPT: readonly Row[] = [
    [50, 300, 'W tym'],
    [110, 300, '23%'],
    [150, 300, 'netto'],
    [200, 300, '500,00'],
    [270, 300, 'VAT'],
    [310, 300, '115,00'],
    [370, 300, 'brutto'],
    [420, 300, '615,00'],
    [50, 315, 'W tym'],
    [110, 315, 'zw'],
    [150, 315, 'netto'],
    [200, 315, '4000,00'],
    [270, 315, 'VAT'],
    [310, 315, '0,00'],
    [370, 315, 'brutto'],
    [420, 315, '4000,00'],
    [50, 345, 'NALEZNOSC OGOLEM: 4615,00 zl'],
  ];

  it('should not take the gross amount of one rate for the VAT of all', () => {
    const invoice = read([[50, 100, 'Faktura VAT nr FV/7/2026'], ...EXEMPT]);
    expect([invoice.totals.vat === '615.00' && isSure(invoice, 'totals.vat')]).toEqual([false]);
    expect([invoice.totals.net === '4000.00' && isSure(invoice, 'totals.net')]).toEqual([false]);
  });

  it('should read the row that adds up the rates', () => {
    const total: readonly Row[] = [
      [300, 280, 'RAZEM:'],
      [380, 280, '4500,00'],
      [490, 280, '115,00'],
    ];
    const invoice = read([[50, 100, 'Faktura VAT nr FV/7/2026'], ...total, ...EXEMPT]);
    expect(invoice.totals).toMatchObject({ net: '4500.00', vat: '115.00', gross: '4615.00' });
    expect(invoice.vatBreakdown).toEqual([
      { rate: '23', net: '500.00', vat: '115.00' },
      { rate: 'zw', net: '4000.00', vat: '0.00' },
    ]);
  });

  it('should not be sure of a net amount that stands nowhere', () => {
    const invoice = read([
      [50, 100, 'Invoice number: BX-1'],
      [50, 300, 'VAT 20%'],
      [400, 300, '20.00'],
      [50, 320, 'Grand total'],
      [400, 320, '119.98'],
    ]);
    expect(isSure(invoice, 'totals.net')).toBe(false);
  });
});

describe('parties side by side', () => {
  const SELLER = { heads: ['Wystawca', 'Sprzedawca', 'Wystawca / Sprzedawca', 'Sprzedawca/Wystawca', 'Dostawca'] };
  const BUYER = {
    heads: ['Nabywca', 'Odbiorca / Nabywca', 'Nabywca / Odbiorca', 'Nabywca/Platnik', 'Platnik', 'Kupujacy'],
  };
  const cases = SELLER.heads.flatMap((seller) => BUYER.heads.map((buyer) => ({ seller, buyer })));

  it.each(
    cases.flatMap((one) => [
      { ...one, order: 'seller first' },
      { ...one, order: 'buyer first' },
    ]),
  )('should keep their names and ids: $seller, $buyer, $order', ({ seller, buyer, order }) => {
    const [left, right] = order === 'seller first' ? [50, 330] : [330, 50];
    const invoice = read([
      [left, 100, seller],
      [left, 115, 'Chlodnia Nova Sp. z o.o.'],
      [left, 130, 'ul. Prosta 1, 00-001 Warszawa'],
      [left, 145, 'NIP 526-000-12-46'],
      [right, 100, buyer],
      [right, 115, 'Telko Sudety S.A.'],
      [right, 130, 'ul. Inna 2, 30-001 Krakow'],
      [right, 145, 'NIP 774-000-14-54'],
      ...TAIL.map(([x, y, text]): Row => [x, y + 150, text]),
    ]);
    expect(invoice.seller).toMatchObject({ name: 'Chlodnia Nova Sp. z o.o.', vatId: '5260001246' });
    expect(invoice.buyer).toMatchObject({ name: 'Telko Sudety S.A.', vatId: '7740001454' });
  });
});
