import { describe, expect, it } from 'vitest';
import { read, TAIL, type Row } from './testing.ts';

describe('a seller without a label', () => {
  it('is the name that stands whole in a web address', () => {
    const { seller, fields } = read([
      [450, 40, 'Wholesale Trade'],
      [50, 60, 'Marble Lantern'],
      [50, 72, '12 Quay Road'],
      ...TAIL,
      [50, 780, 'hello@marble-lantern.example www.marble-lantern.example'],
    ]);
    expect(seller.name).toBe('Marble Lantern');
    expect(fields['seller.name']?.confidence).toBeGreaterThanOrEqual(0.85);
  });

  it('is the holder of the account whom the paper names again', () => {
    const rows: Row[] = [[350, 40, 'Dupont Alexis'], ...TAIL, [50, 700, 'Titulaire du compte : GAZETTE LOIRE']];
    expect(read([...rows, [50, 760, 'GAZETTE LOIRE']]).seller.name).toBe('GAZETTE LOIRE');
    expect(read(rows).seller.name).not.toBe('GAZETTE LOIRE');
  });

  it('carries the legal form that stands elsewhere', () => {
    const rows: Row[] = [
      [50, 40, 'Northern Cloud Services'],
      ...TAIL,
      [50, 780, 'Sold under the terms of Northern Cloud Services, Inc.'],
    ];
    expect(read(rows).seller.name).toBe('Northern Cloud Services, Inc.');
  });

  it('is the company, not its department that takes the money', () => {
    const { seller, fields } = read([
      [50, 40, 'QUARRY LTD.'],
      ...TAIL,
      [50, 500, 'Remit to:'],
      [50, 515, 'Quarry Billing'],
    ]);
    expect(seller.name).toBe('QUARRY LTD.');
    expect(fields['seller.name']?.confidence).toBeGreaterThanOrEqual(0.85);
  });

  it('has a misread trade word mended, and says so', () => {
    const { seller, fields } = read([[50, 40, 'BORNEO HARDWAPE'], ...TAIL], false);
    expect(seller.name).toBe('BORNEO HARDWARE');
    expect(fields['seller.name']?.repaired).toBe(true);
  });
});

describe('a buyer', () => {
  it.each([
    ['after "Nombre:"', [[50, 130, 'Nombre: Lucia Campos']], 'Lucia Campos'],
    [
      'beside "Attn:"',
      [
        [420, 130, 'Attn: Ms Jo Roe'],
        [420, 143, 'Vellum Inc.'],
      ],
      'Vellum Inc.',
    ],
    [
      'after "Customer name:" before "Bill to"',
      [
        [300, 130, 'Customer name: TALLOW CORPORATION'],
        [50, 160, 'Bill to:'],
        [50, 173, 'Tallow Finance'],
      ],
      'TALLOW CORPORATION',
    ],
  ] as [string, Row[], string][])('%s', (_, rows, name) => {
    const { buyer, fields } = read([[50, 40, 'Quarry Ltd.'], ...TAIL, ...rows]);
    expect(buyer.name).toBe(name);
    expect(fields['buyer.name']?.confidence).toBeGreaterThanOrEqual(0.85);
  });

  it('is never the seller beside "Attn:"', () => {
    expect(read([[50, 40, 'Quarry Ltd.'], [50, 53, 'Attn: Ms Jo Roe'], ...TAIL]).buyer.name).toBeUndefined();
  });
});

describe('a letter to a buyer in another country', () => {
  const invoice = read([
    [50, 40, 'GASTHOF ADLER'],
    [50, 60, 'Gasthof Adler GmbH, Ring 22, 02826 Neustadt'],
    [50, 72, 'Papier Nowy Sp. z o.o.'],
    [50, 84, 'ul. Lipowa 14'],
    [50, 96, '53-204 Wrocław'],
    [50, 108, 'USt-IdNr. PL5260001246'],
    ...TAIL,
    [50, 500, 'IBAN DE89 3704 0044 0532 0130 00'],
    [50, 780, 'Gasthof Adler GmbH'],
    [300, 780, 'USt-IdNr. DE136695976'],
  ]);

  it("tells the seller's id by the country of the account", () => {
    expect(invoice).toMatchObject({ seller: { vatId: 'DE136695976' }, buyer: { vatId: 'PL5260001246' } });
  });

  it("begins the buyer's address below the sender's line", () => {
    expect(invoice.buyer.name).toBe('Papier Nowy Sp. z o.o.');
  });
});

it('takes no groups of an account for a VAT id', () => {
  const rows: Row[] = [[50, 60, 'NIP: 526-000-12-46'], ...TAIL, [50, 500, 'PL80 9990 0054 4410 0233 0056 1278']];
  expect(read(rows).seller.vatId).toBe('5260001246');
});

describe('the kind of paper', () => {
  it.each([
    ['Faktura korygująca nr 7/K/2026', 'correction'],
    ['Gutschrift Nr. 88', 'credit-note'],
    ['CREDIT NOTE', 'credit-note'],
    ['Faktura VAT zaliczkowa nr 3/2026', 'advance'],
    ['PARAGON FISKALNY', 'receipt'],
    ['Faktura VAT nr 3/2026', 'invoice'],
    ['Please ask for a credit note', 'invoice'],
  ])('%s', (title, kind) => {
    expect(read([[50, 40, title]]).kind).toBe(kind);
  });

  it('is an invoice where a receipt says so too', () => {
    expect(
      read([
        [50, 40, 'Receipt'],
        [50, 60, 'Tax invoice'],
      ]).kind,
    ).toBe('invoice');
  });
});
