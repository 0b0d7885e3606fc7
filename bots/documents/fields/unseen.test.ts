import { describe, expect, it } from 'vitest';
import { doubtSpelling } from '../confidence/spelling-doubt.ts';
import { isSure } from '../confidence/judge.ts';
import { read, TAIL, type Row } from './testing.ts';

/** Mistakes that generated papers (tests/suites/documents) brought to light, each in its smallest form. */

describe('whose a VAT id is', () => {
  const letter: readonly Row[] = [
    [350, 40, 'Schreinerei Kessler GmbH'],
    [50, 90, 'Schreinerei Kessler GmbH · Am Bach 7 · 01755 Linden'],
    [50, 115, 'Ingenieurbüro Nord AG'],
    [50, 128, 'Am Ring 7'],
    [50, 141, '74400 Graben'],
    [50, 154, 'USt-IdNr. DE136695976'],
    ...TAIL,
    [50, 700, 'Schreinerei Kessler GmbH'],
    [50, 713, 'Am Bach 7'],
    [400, 713, 'USt-IdNr. DE811569869'],
  ];

  it('is told by the name over it', () => {
    expect(read(letter)).toMatchObject({ seller: { vatId: 'DE811569869' }, buyer: { vatId: 'DE136695976' } });
  });

  it('is not sure where nothing tells', () => {
    const ids: Row[] = [
      [50, 400, 'USt-IdNr. DE136695976'],
      [50, 700, 'USt-IdNr. DE811569869'],
    ];
    expect(isSure(read([[50, 40, 'Rechnung'], ...TAIL, ...ids]), 'seller.vatId')).toBe(false);
  });
});

describe('VAT of several rates', () => {
  const rates: readonly Row[] = [
    [50, 315, 'VAT 23 %'],
    [400, 315, '23.00'],
    [50, 330, 'VAT 8 %'],
    [400, 330, '8.00'],
  ];

  it('is their sum', () => {
    const rows: Row[] = [
      [50, 300, 'Net amount'],
      [400, 300, '200.00'],
      ...rates,
      [50, 345, 'Grand total'],
      [400, 345, '231.00'],
    ];
    expect(read(rows).totals).toMatchObject({ net: '200.00', vat: '31.00', gross: '231.00' });
  });

  it('makes no totals of one rate', () => {
    // 8.00 of VAT at 8 % and a line of 108.00 fit each other, and are not the totals.
    const rows: Row[] = [
      [50, 280, 'Timber'],
      [400, 280, '108.00'],
      ...rates,
      [50, 345, 'Grand total'],
      [400, 345, '231.00'],
    ];
    const invoice = read(rows);
    expect(invoice.totals.gross).toBe('231.00');
    expect(isSure(invoice, 'totals.net') && invoice.totals.net !== '200.00').toBe(false);
  });
});

describe('the number', () => {
  it.each([
    ['Faktura nr', 'Do faktury nr'],
    ['Rechnungsnummer', 'Korrigiert Rechnung'],
    ['Facture n°', 'Avoir sur facture n°'],
    ['Invoice number', 'Original invoice'],
    ['Fattura n.', 'A storno della fattura n.'],
  ])('is no other invoice’s: %s, %s', (own, other) => {
    const rows: Row[] = [
      [50, 90, `${own}: KX/45/2026`],
      [50, 105, `${other}: KX/12/2026`],
    ];
    expect(read(rows).number).toBe('KX/45/2026');
  });

  it('goes on in the next row of a narrow column', () => {
    const rows: Row[] = [
      [50, 90, 'Invoice number'],
      [200, 90, 'VK26-4596-'],
      [200, 102, 'FK'],
    ];
    expect(read(rows).number).toBe('VK26-4596-FK');
  });

  it('is not sure where its end was not read', () => {
    expect(isSure(read([[50, 90, 'Invoice number VK26-4596-']]), 'number')).toBe(false);
    expect(isSure(read([[50, 90, 'Belegnummer: RE-2025']]), 'number')).toBe(false);
  });
});

describe('a row of heads', () => {
  it('makes labels of everyday words', () => {
    const rows: Row[] = [
      [50, 90, 'Nummer:'],
      [200, 90, 'Datum:'],
      [350, 90, 'Fällig am:'],
      [50, 102, '2026/6919'],
      [200, 102, '30. April'],
      [350, 102, '20. Mai 2026'],
      [200, 114, '2026'],
    ];
    const invoice = read(rows);
    expect(invoice).toMatchObject({ number: '2026/6919', issueDate: '2026-04-30', dueDate: '2026-05-20' });
    expect(['number', 'issueDate'].every((field) => isSure(invoice, field))).toBe(true);
  });

  it('is none over the lines of a table', () => {
    const rows: Row[] = [
      [50, 290, 'Nr'],
      [120, 290, 'Artikel'],
      [300, 290, 'Kunde'],
      [50, 302, '10045'],
      [120, 302, 'Kabel'],
      [300, 302, '19,00'],
    ];
    expect(isSure(read(rows), 'number')).toBe(false);
  });
});

it('takes no money of the small print for that of the invoice', () => {
  const rows: Row[] = [
    [50, 345, 'Razem brutto:'],
    [300, 345, '653,70'],
    [50, 700, 'KRS 0000314159, kapitał zakładowy 50 000,00 zł'],
  ];
  expect(read(rows).currency).toBeUndefined();
});

it('takes the only date for the date of issue unless a label has lost its own', () => {
  expect(isSure(read([[50, 90, 'Warszawa, 26.07.2025'], ...TAIL]), 'issueDate')).toBe(true);
  const rows: Row[] = [
    [50, 90, 'Data faktury:'],
    [50, 240, 'zgodnie z protokołem 26.07.2025'],
  ];
  expect(isSure(read([...rows, ...TAIL]), 'issueDate')).toBe(false);
});

describe('a letter', () => {
  const LETTER: Row[] = [
    [50, 30, 'Holzbau Nord Süd GmbH'],
    [50, 90, 'Holzbau Nord Süd GmbH · Am Ring 4 · 20351 Hamburg'],
    [50, 115, 'Holzbau Weiß OHG'],
    [50, 128, 'Königsallee 7'],
    [50, 141, '42352 München'],
    [50, 154, 'USt-IdNr. DE136695976'],
    [50, 740, 'Holzbau Nord Süd GmbH'],
    [250, 740, 'Tel. 040 123456'],
    [50, 753, 'Am Ring 4'],
    [50, 766, '20351 Hamburg'],
    [250, 766, 'USt-IdNr. DE811128135'],
  ];

  it('is sent by the name in the line over its address, to the name under it', () => {
    const invoice = read(LETTER);
    expect(invoice).toMatchObject({
      seller: { name: 'Holzbau Nord Süd GmbH', vatId: 'DE811128135' },
      buyer: { name: 'Holzbau Weiß OHG', vatId: 'DE136695976' },
    });
    expect(isSure(invoice, 'seller.name')).toBe(true);
  });

  it('gives the seller no id that stands under the buyer', () => {
    const { seller } = read(LETTER.slice(0, -1));
    expect(seller.vatId).not.toBe('DE136695976');
  });
});

describe('the buyer', () => {
  it('is not where the goods go', () => {
    const rows: Row[] = [
      [50, 130, 'Lieferant:'],
      [222, 130, 'Kunde:'],
      [402, 130, 'Lieferadresse:'],
      [50, 143, 'Tischler AG'],
      [222, 143, 'Bäcker OHG'],
      [402, 143, 'Lager Süd'],
    ];
    expect(read([...rows, ...TAIL]).buyer.name).toBe('Bäcker OHG');
  });

  it('stands under a head that begins with other words', () => {
    const rows: Row[] = [
      [50, 130, 'Proveedor:'],
      [320, 130, 'Datos del cliente:'],
      [50, 143, 'Asesoría Núñez S.A.'],
      [320, 143, 'Oakline Ltd'],
      [50, 156, 'C/ Mayor, 86'],
      [320, 156, '86 Canal Road'],
    ];
    expect(read([...rows, ...TAIL])).toMatchObject({
      seller: { name: 'Asesoría Núñez S.A.' },
      buyer: { name: 'Oakline Ltd' },
    });
  });

  it('is no goods of a till receipt, and no street', () => {
    const rows: Row[] = [
      [50, 20, 'Drukarnia Novalis S.A.'],
      [50, 33, 'al. Wolna 36'],
      [50, 46, '30-966 Łódź'],
      [50, 60, 'PARAGON FISKALNY'],
      [50, 73, 'Kawa ziarnista'],
      [50, 86, 'Suma PLN 20,00'],
    ];
    expect(read(rows).buyer.name).toBeUndefined();
  });
});

it('takes no date of other papers for the date of issue', () => {
  const rows: Row[] = [
    [50, 90, 'Rechnungsnummer: 17-2026'],
    [50, 700, 'Es gelten unsere Allgemeinen Geschäftsbedingungen für Lieferungen und Leistungen vom 01.01.2020'],
  ];
  expect(isSure(read(rows), 'issueDate')).toBe(false);
});

describe('what a recogniser cannot know', () => {
  it.each(['GroBmann GmbH', 'Béckerei Nord e.K.', 'Solugio Verde Lda.', 'Müller GmbH'])(
    'doubts the spelling of %s',
    (name) => {
      const invoice = read([[50, 130, 'Kunde:'], [50, 143, name], ...TAIL], false);
      expect(invoice.buyer.name).toBe(name);
      doubtSpelling(invoice, 'Rechnung');
      expect(isSure(invoice, 'buyer.name')).toBe(false);
    },
  );

  it.each(['Żółw Sp. z o.o.', 'Oakline Ltd'])('does not doubt %s', (name) => {
    const invoice = read([[50, 130, 'Nabywca:'], [50, 143, name], ...TAIL], false);
    doubtSpelling(invoice, 'Faktura VAT');
    expect(isSure(invoice, 'buyer.name')).toBe(true);
  });

  it('trusts umlauts of a paper that was read in German, not those of a Portuguese buyer', () => {
    const german = 'Rechnung Rechnungsnummer Menge Einheit Preis Betrag MwSt. Gesamtbetrag zahlbar innerhalb';
    const invoice = read([[50, 130, 'Kunde:'], [50, 143, 'Müller Söhne'], ...TAIL], false);
    doubtSpelling(invoice, german);
    expect(isSure(invoice, 'buyer.name')).toBe(true);
    invoice.buyer.country = 'PT';
    doubtSpelling(invoice, german);
    expect(isSure(invoice, 'buyer.name')).toBe(false);
  });

  it('doubts a pound sign, which may have been a euro sign', () => {
    const rows: Row[] = [
      [50, 330, 'Total'],
      [400, 330, '£ 120.00'],
    ];
    expect(isSure(read(rows), 'currency')).toBe(true);
    expect(isSure(read(rows, false), 'currency')).toBe(false);
  });
});

it('doubts the row of one rate where the row of all is missing', () => {
  const rows: Row[] = [
    [50, 300, '22 %'],
    [150, 300, '100.00'],
    [250, 300, '22.00'],
    [350, 300, '122.00'],
    [50, 315, '10 %'],
    [150, 315, '50.00'],
    [250, 315, '5.00'],
    [350, 315, '55.00'],
  ];
  expect(isSure(read(rows, false), 'totals.gross')).toBe(false);
  expect(
    read([...rows, [50, 330, 'Totale'], [150, 330, '150.00'], [250, 330, '27.00'], [350, 330, '177.00']]).totals.gross,
  ).toBe('177.00');
});

it('takes a label that goes on in the next row for no date of issue', () => {
  const rows: Row[] = [
    [50, 90, 'DATA WYKONANIA'],
    [200, 90, '26.09.2025'],
    [50, 102, 'USŁUGI:'],
    [50, 120, 'Termin płatności: 01.12.2025'],
  ];
  expect(isSure(read(rows), 'issueDate')).toBe(false);
});
