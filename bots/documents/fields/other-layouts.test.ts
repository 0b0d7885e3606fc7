import { describe, expect, it } from 'vitest';
import { isSure } from '../confidence/judge.ts';
import { read, type Row } from './testing.ts';

/** Layouts that generated papers do not have, each in its smallest form. */

describe('a letterhead without a label', () => {
  const head: readonly Row[] = [
    [40, 40, 'Menuiserie Leblanc SARL'],
    [40, 52, '12 rue des Tilleuls'],
    [40, 64, '69003 Lyon'],
    [40, 100, 'Facture n° F-2026-0311'],
    [40, 112, 'Lyon, le 11 mars 2026'],
    [40, 300, 'Règlement à 30 jours, échéance le 10/04/2026'],
    [40, 330, 'NET A PAYER'],
    [400, 330, '756,00 €'],
  ];
  const window: readonly Row[] = [
    [350, 140, 'Société Dubois & Fils'],
    [350, 152, '4 avenue Foch'],
    [350, 164, '38000 Grenoble'],
  ];

  it('should be the seller, and the address on the right the buyer', () => {
    const invoice = read([...head, ...window]);
    expect(invoice).toMatchObject({
      seller: { name: 'Menuiserie Leblanc SARL' },
      buyer: { name: 'Société Dubois & Fils' },
      issueDate: '2026-03-11',
      dueDate: '2026-04-10',
    });
    for (const field of ['seller.name', 'buyer.name', 'issueDate']) expect(isSure(invoice, field), field).toBe(true);
  });

  it('should not be sure where a person stands there', () => {
    expect(isSure(read([[40, 40, 'Alexis de Lattre'], ...head.slice(1)]), 'seller.name')).toBe(false);
  });

  it('should not take the values of facts for an address', () => {
    const facts: Row[] = [
      [300, 140, 'Order number'],
      [420, 140, 'FT 2025M/142'],
      [300, 152, 'Invoice date'],
      [420, 152, '20 May 2026'],
      [300, 164, 'Customer number'],
      [420, 164, '38000 ABC'],
    ];
    expect(read([...head, ...facts]).buyer.name).toBeUndefined();
  });
});

it('reads a salutation over an address as no name', () => {
  const rows: Row[] = [
    [40, 40, 'Maler Schmidt GmbH'],
    [40, 60, 'Maler Schmidt GmbH, Gartenweg 3, 50667 Köln'],
    [40, 80, 'Frau'],
    [40, 92, 'Erika Mustermann'],
    [40, 104, 'Hauptstr. 12'],
    [40, 116, '50668 Köln'],
    [350, 140, 'Köln, den 12.03.2026'],
  ];
  expect(read(rows)).toMatchObject({ buyer: { name: 'Erika Mustermann' }, issueDate: '2026-03-12' });
});

it.each([
  ['Faktura VAT nr 15/02/2026', '15/02/2026'],
  ['Fatura FT A/1023', 'FT A/1023'],
])('reads the number of "%s"', (title, number) => {
  expect(read([[40, 100, title]]).number).toBe(number);
});

it('takes the end of a period for no date of the paper', () => {
  const rows: Row[] = [
    [40, 200, 'Team plan Mar 2 - Apr 2, 2026'],
    [40, 220, '121.00 paid on March 2, 2026, with thanks for your order and until we meet again'],
  ];
  expect(isSure(read(rows), 'issueDate')).toBe(false);
});
