import { expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { complete } from './complete.ts';

const lines = [
  { vatRate: '7', gross: '270.00' },
  { vatRate: '7', gross: '45.00' },
  { vatRate: '19', gross: '95.00' },
];
const totals = { net: '374.22', vat: '35.78', gross: '410.00' };
const completed = (given: object): Invoice => {
  const invoice = Invoice.parse(given);
  complete(invoice);
  return invoice;
};

it('should take the VAT by rate from lines that make up the totals', () => {
  expect(completed({ lines, totals }).vatBreakdown).toEqual([
    { rate: '7', net: '294.39', vat: '20.61' },
    { rate: '19', net: '79.83', vat: '15.17' },
  ]);
  const net = [{ vatRate: '23', net: '100.00' }];
  expect(completed({ lines: net, totals: { net: '100.00', vat: '23.00' } }).vatBreakdown).toHaveLength(1);
});

it.each([
  ['a line without its rate', { lines: [...lines, { gross: '1.00' }], totals }],
  ['a rate of no law', { lines: [...lines, { vatRate: '79', gross: '1.00' }], totals }],
  ['totals that the lines do not make up', { lines, totals: { ...totals, net: '375.22' } }],
])('should take none from %s', (_, given) => {
  expect(completed(given).vatBreakdown).toEqual([]);
});

it('should leave an id to the party for which it is surer', () => {
  const parties = { seller: { vatId: '5253901747' }, buyer: { vatId: 'PL5253901747' } };
  const sure = (seller: number, buyer: number) => ({
    fields: { 'seller.vatId': { confidence: seller }, 'buyer.vatId': { confidence: buyer } },
  });
  const found = completed({ ...parties, ...sure(0.99, 0.6) });
  expect([found.seller.vatId, found.buyer.vatId, found.fields['buyer.vatId']]).toEqual([
    '5253901747',
    undefined,
    undefined,
  ]);
  expect(completed({ ...parties, ...sure(0.6, 0.9) }).seller.vatId).toBeUndefined();
  expect(completed({ ...parties, ...sure(0.9, 0.9) })).toMatchObject(parties);
});
