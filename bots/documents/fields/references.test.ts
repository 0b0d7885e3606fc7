import { describe, expect, it } from 'vitest';
import { validKsefNumber } from '../checks/ksef-number.ts';
import { readPages } from './read.ts';
import { pageOf, type Row } from './testing.ts';

const read = (rows: readonly Row[]) => readPages([pageOf(rows)], true).invoice;
/** Made of a made-up NIP; the last two digits are its CRC-8. */
const KSEF = '5260001246-20260504-0A1B2C3D4E5F-46';

describe('references on a page', () => {
  it('are the numbers beside labels of orders, buyers and corrected invoices', () => {
    const { references, kind } = read([
      [40, 30, 'Faktura korygująca nr KOR/3/2026'],
      [40, 50, 'Do faktury nr FV/120/2026 z dnia 04.03.2026'],
      [40, 65, 'Nr zamówienia: PO-77812'],
      [40, 80, 'Your reference: Dept. 14/B'],
    ]);
    expect(kind).toBe('correction');
    expect(references).toMatchObject({ corrected: 'FV/120/2026', order: 'PO-77812', buyer: 'Dept. 14/B' });
  });

  it('name the advance invoices that a final invoice settles', () => {
    const { references } = read([
      [40, 30, 'Faktura końcowa nr FK/9/2026'],
      [40, 60, 'Nr faktury zaliczkowej: ZAL/4/2026'],
      [40, 75, 'Nr faktury zaliczkowej: ZAL/7/2026'],
    ]);
    expect(references.advances).toEqual(['ZAL/4/2026', 'ZAL/7/2026']);
  });

  it('take the KSeF number with a right checksum only, also where its column cuts it', () => {
    expect(validKsefNumber(KSEF)).toBe(true);
    expect(validKsefNumber(KSEF.replace('0A1B', '0A1C'))).toBe(false);
    expect(read([[40, 30, `Numer KSeF: ${KSEF}`]]).references.ksefNumber).toBe(KSEF);
    const cut = read([
      [40, 30, 'Numer KSeF'],
      [300, 26, KSEF.slice(0, 20)],
      [300, 38, KSEF.slice(20)],
    ]);
    expect(cut.references.ksefNumber).toBe(KSEF);
    expect(read([[40, 30, 'Numer KSeF: 5260001246-20260504-0A1B2C3D4E5F-00']]).references.ksefNumber).toBeUndefined();
  });
});

describe('terms on a page', () => {
  it.each([
    ['Okres rozliczeniowy: 01.04.2026 - 30.04.2026', '2026-04-01', '2026-04-30'],
    ['Leistungszeitraum: Februar 2028', '2028-02-01', '2028-02-29'],
    ['Billing period 2026-01-15 to 2026-02-14', '2026-01-15', '2026-02-14'],
  ])('read the period of "%s"', (text, from, to) => {
    expect(read([[40, 60, text]]).period).toEqual({ from, to });
  });

  it('read how to pay and whether by split payment', () => {
    const paid = read([
      [40, 60, 'Forma płatności: przelew 14 dni'],
      [40, 75, 'Mechanizm podzielonej płatności'],
    ]);
    expect(paid.payment).toMatchObject({ method: 'przelew', splitPayment: true });
    expect(paid.fields['payment.splitPayment']?.source).toMatchObject({ page: 1 });
    expect(read([[40, 75, 'Mechanizm podzielonej płatności: nie']]).payment.splitPayment).toBeUndefined();
  });
});

describe('addresses on a page', () => {
  it('are the rows below a party’s name up to its town and country', () => {
    const { seller, buyer } = read([
      [40, 100, 'Sprzedawca'],
      [300, 100, 'Nabywca'],
      [40, 115, 'Drukarnia Nowa sp. z o.o.'],
      [300, 115, 'Werkzeug Meyer GmbH'],
      [40, 130, 'ul. Prosta 5/2'],
      [300, 130, 'Lindenstraße 8'],
      [40, 145, '00-950 Warszawa'],
      [300, 145, '10969 Berlin'],
      [40, 160, 'NIP: 526-000-12-46'],
      [300, 160, 'Deutschland'],
      [300, 175, 'Bemerkungen'],
    ]);
    expect(seller).toMatchObject({ address: 'ul. Prosta 5/2, 00-950 Warszawa', country: 'PL' });
    expect(buyer).toMatchObject({ address: 'Lindenstraße 8, 10969 Berlin, Deutschland', country: 'DE' });
  });
});
