import { describe, expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { formOf, invoiceToForm, readInvoiceForm } from './invoice-form.ts';
import { messages } from '../../site/messages/index.ts';
import { readValue } from './read-value.ts';

const invoice = Invoice.parse({
  number: 'A/1',
  issueDate: '2026-11-20',
  currency: 'PLN',
  seller: { name: 'Stal', vatId: '5260001246' },
  lines: [
    { name: 'Pręt', net: '100.00', vatRate: '23' },
    { name: 'Transport', net: '20.00' },
  ],
  vatBreakdown: [{ rate: '23', net: '120.00', vat: '27.60' }],
  totals: { net: '120.00', vat: '27.60', gross: '147.60', payable: '147.60' },
  fields: {
    number: { confidence: 0.5, source: { page: 1, box: { x: 0, y: 0, width: 1, height: 1 } }, repaired: true },
  },
});

describe('readValue', () => {
  it.each([
    ['1 234,56', '1234.56'],
    ['1\u00A0234,56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ["1'234.56", '1234.56'],
    ['1.234.567', '1234567'],
    ['1.234.567,89', '1234567.89'],
    ['-12,5', '-12.5'],
    ['100', '100'],
  ])('should read the amount %s', (typed, value) => {
    expect(readValue(typed, 'amount')).toEqual({ value });
  });

  it.each([
    ['12,3,4.5.6', 'amount'],
    ['abc', 'amount'],
    ['1e5', 'amount'],
    ['31.02.2026', 'date'],
    ['yesterday', 'date'],
    ['zł', 'currency'],
    ['x'.repeat(501), 'text'],
  ] as const)('should not take %s for an %s', (typed, kind) => {
    expect(readValue(typed, kind)).toBeUndefined();
  });

  it('should read dates as documents write them, ids without blanks, and nothing as no value', () => {
    expect(readValue('4.12.2026', 'date')).toEqual({ value: '2026-12-04' });
    expect(readValue('pl 61 1090-1014', 'id')).toEqual({ value: 'PL6110901014' });
    expect(readValue('eur', 'currency')).toEqual({ value: 'EUR' });
    expect(readValue('  ', 'amount')).toEqual({ value: undefined });
  });
});

describe('the station’s form', () => {
  it.each(['pl', 'en'] as const)('should change nothing when nothing was changed (%s)', (language) => {
    const read = readInvoiceForm(invoiceToForm(invoice, language), invoice, messages[language]);
    expect(read).toEqual({ invoice, corrections: [], wrong: new Map() });
  });

  it('should keep what was changed, before and after, and mark it certain', () => {
    const form = invoiceToForm(invoice, 'pl');
    form.fields['number'] = 'A/7';
    form.fields['totals.gross'] = '148,60';
    const { invoice: after, corrections, wrong } = readInvoiceForm(form, invoice, messages.pl);
    expect(wrong.size).toBe(0);
    expect(corrections).toEqual([
      { field: 'number', before: 'A/1', after: 'A/7' },
      { field: 'totals.gross', before: '147.60', after: '148.60' },
      { field: 'totals.payable', before: '147.60', after: '148.60' },
    ]);
    expect(after.totals).toMatchObject({ gross: '148.60', payable: '148.60' });
    expect(after.fields['number']).toEqual({ confidence: 1, source: invoice.fields['number']?.source });
    expect(invoice.number, 'the invoice given is not touched').toBe('A/1');
  });

  it('should add and take away lines', () => {
    const form = invoiceToForm(invoice, 'en');
    form.lines = [
      form.lines[0],
      form.lines[1],
      { name: 'Paint', quantity: '1', unit: '', unitPrice: '', net: '5', vatRate: '8' },
    ].flatMap((line) => line ?? []);
    expect(readInvoiceForm(form, invoice, messages.en).invoice.lines[2]).toMatchObject({ name: 'Paint', net: '5' });
    form.lines.length = 1;
    const { invoice: after, corrections } = readInvoiceForm(form, invoice, messages.en);
    expect(after.lines).toHaveLength(1);
    expect(corrections).toEqual([{ field: 'lines.1', before: 'Transport · 20.00', after: undefined }]);
  });

  it('should say what is wrong, field by field', () => {
    const form = invoiceToForm(invoice, 'pl');
    form.fields['dueDate'] = 'jutro';
    form.vat = [{ rate: '23', net: '', vat: '5' }];
    const { wrong } = readInvoiceForm(form, invoice, messages.pl);
    expect([...wrong.keys()].sort((a, b) => a.localeCompare(b))).toEqual(['dueDate', 'vat.0.rate']);
  });

  it('should pick rows out of what a browser sends', () => {
    const data = new FormData();
    for (const [name, value] of [
      ['number', 'A/1'],
      ['lines.0.name', 'x'],
      ['lines.1.name', ' '],
      ['vat.0.rate', '23'],
    ] as const) {
      data.append(name, value);
    }
    expect(formOf(data)).toMatchObject({ fields: { number: 'A/1' }, lines: [{ name: 'x' }], vat: [{ rate: '23' }] });
  });
});
