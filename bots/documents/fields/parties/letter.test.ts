import { describe, expect, it } from 'vitest';
import { isSure } from '../../confidence/judge.ts';
import { read, TAIL, type Row } from '../testing.ts';

/** A letter whose head is narrow: the sender's name takes two rows there, and stands whole over the address. */
const LETTER: readonly Row[] = [
  [50, 40, 'Noordzee Techniek'],
  [50, 55, 'Groene Huis'],
  [50, 76, 'Noordzee Techniek Groene Huis · Industrieweg 37 · 6147 ER Groningen'],
  [50, 115, 'Bouwbedrijf Noordzee Techniek Groene Huis Zuid N.V.'],
  [50, 128, 'Prins Hendrikkade 233'],
  [50, 141, '3398 AJ Zwolle'],
  [50, 154, 'BTW NL818846392B01'],
  ...TAIL,
  [50, 700, 'Noordzee Techniek Groene Huis'],
  [50, 713, 'Industrieweg 37'],
  [50, 726, '6147 ER Groningen'],
  [300, 713, 'BTW NL214389376B01'],
];

describe('a letter', () => {
  const invoice = read(LETTER);

  it('should be from whom its line over the address names', () => {
    expect(invoice.seller).toMatchObject({ name: 'Noordzee Techniek Groene Huis', vatId: 'NL214389376B01' });
    expect(isSure(invoice, 'seller.name')).toBe(true);
  });

  it('should go to a house whose name holds the name of the sender', () => {
    expect(invoice.buyer.name).toBe('Bouwbedrijf Noordzee Techniek Groene Huis Zuid N.V.');
  });
});

it('takes no fact of the paper for the name of the buyer', () => {
  const facts: Row[] = [
    [350, 40, 'Bäckerei Großmann GmbH'],
    [50, 40, 'Leistungsdatum 07.02.2024'],
    [50, 52, 'Bestellnummer PO-2623'],
    [50, 64, 'Debitor 10983'],
    [50, 76, 'Bezug: Rechnung Nr. 69171'],
    [50, 88, 'Bäckerei Großmann GmbH · Hauptstraße 62 · 98692 Köln'],
    [50, 105, 'Pemberton Catering Ltd'],
    [50, 117, '9 Mill Lane'],
    [50, 129, 'LS5 7KX Leeds'],
  ];
  expect(read([...facts, ...TAIL], false).buyer.name).toBe('Pemberton Catering Ltd');
});

describe('an account', () => {
  it('should not be made of a VAT id and a postcode', () => {
    const rows: Row[] = [
      [50, 115, 'BTW NL528363438B01'],
      [200, 115, '5141 GF Groningen'],
    ];
    expect(read([...rows, ...TAIL]).payment.iban).toBeUndefined();
  });

  it('should go on in the next row, where its check digits say so', () => {
    const rows: Row[] = [
      [50, 400, 'Bank account: PL61 1090 1014 0000 0712 1981'],
      [50, 412, '2874, First Bank'],
    ];
    expect(read([...rows, ...TAIL]).payment.iban).toBe('PL61109010140000071219812874');
    expect(read([[50, 400, 'Bank account: PL61 1090 1014 0000 0712 1981'], ...TAIL]).payment.iban).toBeUndefined();
  });
});
