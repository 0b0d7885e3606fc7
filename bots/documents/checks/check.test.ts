import { describe, expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { findingText } from '../../../core/messages/findings.ts';
import { en } from '../../../core/messages/findings.en.ts';
import { pl } from '../../../core/messages/findings.pl.ts';
import { checkInvoice } from './check.ts';

const TODAY = '2026-06-01';

const sound = Invoice.parse({
  number: 'FV/1/05/2026',
  issueDate: '2026-05-04',
  dueDate: '2026-05-18',
  currency: 'PLN',
  seller: { name: 'Drukarnia Wisła sp. z o.o.', vatId: '5260001246', country: 'PL' },
  buyer: { name: 'Odbiorca S.A.', vatId: '7740001454' },
  lines: [{ name: 'Ulotki', quantity: '10', unitPrice: '10.00', net: '100.00', vatRate: '23' }],
  vatBreakdown: [{ rate: '23', net: '100.00', vat: '23.00' }],
  totals: { net: '100.00', vat: '23.00', gross: '123.00' },
  payment: { iban: 'PL61109010140000071219812874' },
});

const check = (change: (invoice: Invoice) => void) => {
  const invoice = structuredClone(sound);
  change(invoice);
  return checkInvoice(invoice, { today: TODAY });
};

describe('checkInvoice', () => {
  it('finds nothing in a sound invoice', () => {
    expect(checkInvoice(sound, { today: TODAY })).toEqual([]);
  });

  it.each<[rule: string, blocking: boolean, change: (invoice: Invoice) => void]>([
    ['arithmetic.gross', true, (one) => (one.totals.gross = '124.00')],
    ['arithmetic.rate', true, (one) => (one.vatBreakdown[0] = { rate: '23', net: '100.00', vat: '8.00' })],
    ['arithmetic.breakdown-net', true, (one) => (one.vatBreakdown[0] = { rate: '23', net: '90.00', vat: '20.70' })],
    ['arithmetic.rate-without-vat', true, (one) => (one.vatBreakdown[0] = { rate: 'zw', net: '100.00', vat: '23.00' })],
    ['arithmetic.lines', true, (one) => (one.lines[0] = { net: '90.00' })],
    ['arithmetic.lines', false, (one) => (one.lines[0] = { net: '110.00' })],
    ['arithmetic.line', true, (one) => (one.lines[0] = { quantity: '1', unitPrice: '10.00', net: '100.00' })],
    ['arithmetic.payable', false, (one) => (one.totals.payable = '200.00')],
    ['credit.positive', true, (one) => (one.kind = 'credit-note')],
    ['id.nip', true, (one) => (one.seller.vatId = '5260001247')],
    ['id.nip', false, (one) => (one.buyer.vatId = '7740001455')],
    ['id.vat', false, (one) => (one.seller = { ...one.seller, vatId: 'DE123456789', country: 'PL' })],
    ['id.same-party', true, (one) => (one.buyer.vatId = 'PL5260001246')],
    ['iban.checksum', true, (one) => (one.payment.iban = 'PL61109010140000071219812875')],
    ['iban.checksum', true, (one) => (one.payment.iban = 'DE8937040044053201300')],
    ['account.nrb', true, (one) => (one.payment.iban = '6110901014000007121981287')],
    ['account.other', false, (one) => ((one.seller.country = 'US'), (one.payment.iban = '6110901014000007121981287'))],
    ['iban.country', true, (one) => (one.payment.iban = 'DE89370400440532013000')],
    ['date.future', true, (one) => (one.issueDate = '2026-06-20')],
    ['date.old', false, (one) => ((one.issueDate = '2019-01-01'), (one.dueDate = undefined))],
    ['date.due-before-issue', true, (one) => (one.dueDate = '2026-05-03')],
    ['date.due-far', true, (one) => (one.dueDate = '2036-05-03')],
    ['date.sale-far', false, (one) => (one.saleDate = '2026-12-03')],
    ['missing.key', true, (one) => (one.number = undefined)],
    ['missing.seller-vat-id', true, (one) => (one.seller.vatId = undefined)],
    ['missing.amount', false, (one) => (one.totals.net = undefined)],
  ])('finds %s (blocking: %s)', (rule, blocking, change) => {
    expect(check(change)).toContainEqual(expect.objectContaining({ rule, blocking }));
  });

  it('only remarks on one VAT id of both parties where an e-invoice states it', () => {
    const findings = check((one) => {
      one.buyer.vatId = '5260001246';
      for (const field of ['seller.vatId', 'buyer.vatId'])
        one.fields[field] = { confidence: 1, source: { xml: `Party/${field}` } };
    });
    expect(findings).toEqual([expect.objectContaining({ rule: 'id.same-party', blocking: false })]);
  });

  it('lets VAT that is rounded line by line pass', () => {
    const findings = check((one) => {
      one.vatBreakdown[0] = { rate: '23', net: '100.00', vat: '23.01' };
      one.totals = { net: '100.00', vat: '23.01', gross: '123.01' };
    });
    expect(findings).toEqual([]);
  });

  it('asks a receipt for no number and no VAT id', () => {
    const findings = check((one) => {
      one.kind = 'receipt';
      one.number = undefined;
      one.seller.vatId = undefined;
    });
    expect(findings).toEqual([]);
  });
});

describe('findingText', () => {
  it('says in both languages what does not add up', () => {
    const finding = check((one) => (one.totals.gross = '1240.00'))[0];
    expect(finding && findingText(finding, 'en')).toContain('100.00 + VAT 23.00 = 123.00');
    expect(finding && findingText(finding, 'pl')).toMatch(/netto 100,00 \+ VAT 23,00 = 123,00.*1\s240,00/);
  });

  it('has the same rules and fields in both languages', () => {
    expect(Object.keys(pl.rules).sort()).toEqual(Object.keys(en.rules).sort());
    expect(Object.keys(pl.field).sort()).toEqual(Object.keys(en.field).sort());
  });
});
