import { describe, expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import type { SupplierMemory } from '../../../core/model/supplier-memory.ts';
import { withMemory } from './memory.ts';

const IBAN = 'PL61109010140000071219812874';
const OTHER = 'PL27114020040000300201355387';

const MEMORY: SupplierMemory = {
  documents: 4,
  names: [{ value: 'Drukarnia Żółw sp. z o.o.', times: 4 }],
  accounts: [{ value: IBAN, times: 4 }],
  numbers: ['FV/16/05/2026', 'FV/9/05/2026', 'FV/3/04/2026', 'FV/1/04/2026'],
  corrected: [],
};

function reading(change: (invoice: Invoice) => void = () => undefined, how: 'ocr' | 'xml' = 'ocr') {
  const invoice = Invoice.parse({
    number: 'FV/17/05/2026',
    issueDate: '2026-05-04',
    currency: 'PLN',
    seller: { name: 'Drukarnia Zolw sp. z o.o.', vatId: '5260001246' },
    totals: { gross: '123.00' },
    payment: { iban: IBAN },
  });
  const fields = ['number', 'issueDate', 'currency', 'seller.name', 'seller.vatId', 'totals.gross', 'payment.iban'];
  for (const field of fields) invoice.fields[field] = { confidence: 0.9 };
  change(invoice);
  return { kind: 'invoice' as const, confidence: 1, how, invoice, uncertain: false, findings: [] };
}

describe('what is known of a supplier', () => {
  it('should mend the spelling of its name, and make a known account surer', () => {
    const { invoice, findings, uncertain } = withMemory(reading(), MEMORY);
    expect(invoice?.seller.name).toBe('Drukarnia Żółw sp. z o.o.');
    expect(invoice?.fields).toMatchObject({
      'seller.name': { confidence: 0.97 },
      'payment.iban': { confidence: 0.97 },
      number: { confidence: 0.95 },
    });
    expect({ findings, uncertain }).toEqual({ findings: [], uncertain: false });
  });

  it.each(['ocr', 'xml'] as const)('should tell of another account than those paid before, read by %s', (how) => {
    const { findings, uncertain, invoice } = withMemory(
      reading((one) => (one.payment.iban = OTHER), how),
      MEMORY,
    );
    expect(findings).toEqual([
      {
        rule: 'supplier.account-changed',
        blocking: true,
        field: 'payment.iban',
        values: { iban: OTHER, known: IBAN },
      },
    ]);
    expect(uncertain).toBe(true);
    expect(invoice?.payment.iban).toBe(OTHER);
  });

  it('should put in a name that was not found, and never an account, a number or an amount', () => {
    const { invoice } = withMemory(
      reading((one) => {
        one.seller.name = undefined;
        one.number = undefined;
        one.payment.iban = undefined;
        one.totals.gross = undefined;
      }),
      MEMORY,
    );
    expect(invoice).toMatchObject({ seller: { name: 'Drukarnia Żółw sp. z o.o.' }, payment: {}, totals: {} });
    expect(invoice?.number).toBeUndefined();
    expect(invoice?.payment.iban).toBeUndefined();
    expect(invoice?.totals.gross).toBeUndefined();
  });

  it('should leave another company of the same owner its own name', () => {
    const { invoice } = withMemory(
      reading((one) => (one.seller.name = 'Hurtownia Pod Lipą Jan Kowalski')),
      MEMORY,
    );
    expect(invoice?.seller.name).toBe('Hurtownia Pod Lipą Jan Kowalski');
  });

  it('should choose the number that is made as the supplier makes them, and doubt one that is not', () => {
    const wrong = (alternatives?: string[]) =>
      withMemory(
        reading((one) => {
          one.number = 'ZAM-2026-77';
          one.fields['number'] = { confidence: 0.9, ...(alternatives && { alternatives }) };
        }),
        MEMORY,
      ).invoice;
    expect(wrong(['KL-1', 'FV/18/05/2026'])).toMatchObject({
      number: 'FV/18/05/2026',
      fields: { number: { confidence: 0.88, alternatives: ['ZAM-2026-77', 'KL-1'] } },
    });
    expect(wrong()).toMatchObject({ number: 'ZAM-2026-77', fields: { number: { confidence: 0.72 } } });
  });

  it('should have people look at fields that they corrected on most documents', () => {
    const often = {
      ...MEMORY,
      corrected: [
        { field: 'totals.gross', times: 3 },
        { field: 'issueDate', times: 1 },
      ],
    };
    const { invoice, uncertain } = withMemory(reading(), often);
    expect(invoice?.fields['totals.gross']?.confidence).toBe(0.72);
    expect(invoice?.fields['issueDate']?.confidence).toBe(0.9);
    expect(uncertain).toBe(true);
  });

  it('should change nothing of a supplier that nobody approved yet', () => {
    const part = reading((one) => (one.payment.iban = OTHER));
    const nobody = { documents: 0, names: [], accounts: [], numbers: [], corrected: [] };
    expect(withMemory(part, nobody)).toBe(part);
  });
});
