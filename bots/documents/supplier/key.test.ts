import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { formerInvoiceKey, invoiceKey, numberKey } from './key.ts';

const invoice = (number: string | undefined, seller: { vatId?: string; name?: string }) =>
  Invoice.parse({ number, seller });
const key = (number: string | undefined, seller: { vatId?: string; name?: string }) =>
  invoiceKey(invoice(number, seller));
const SELLER = { vatId: '5260001246' };

describe('invoiceKey', () => {
  it('is the same however number and id are written', () => {
    expect(key('FV 1/05/2026', { vatId: 'PL5260001246' })).toBe(key('fv-1-05-2026', { vatId: '526-000-12-46' }));
  });

  it.each([
    ['11/1/2026', '1/11/2026'],
    ['1/12', '11/2'],
    ['A1/1', 'A/11'],
    ['Ж/1', 'Д/1'],
    ['FV 7/2026', 'PRO 7/2026'],
  ])('should tell %s from %s', (one, other) => {
    expect(key(one, SELLER)).not.toBe(key(other, SELLER));
  });

  it('falls back to the name without its accents', () => {
    expect(key('7', { name: 'Łódź Żółw' })).toBe(key('7', { name: 'lodz zolw' }));
  });

  it('differs by supplier and by number', () => {
    expect(key('7', SELLER)).not.toBe(key('7', { vatId: '7740001454' }));
    expect(key('7', SELLER)).not.toBe(key('8', SELLER));
  });

  it('is undefined without a number or a supplier', () => {
    expect(key(undefined, SELLER)).toBeUndefined();
    expect(key('—', SELLER)).toBeUndefined();
    expect(key('7', {})).toBeUndefined();
  });

  it('should find what an earlier release claimed', () => {
    expect(formerInvoiceKey(invoice('FV 7/2026', SELLER))).toBe('5260001246:fv72026');
  });
});

describe('numberKey', () => {
  const group = fc.oneof(fc.stringMatching(/^[A-Z]{1,4}$/), fc.stringMatching(/^\d{1,6}$/));
  const groups = fc.array(group, { minLength: 1, maxLength: 5 });
  const separator = fc.constantFrom('/', '-', ' ', '.', ' / ', '_', '\\', '–');

  it('should be the same whatever stands between the groups', () => {
    fc.assert(
      fc.property(groups, separator, separator, fc.boolean(), (parts, one, other, small) => {
        const written = parts.join(one);
        expect(numberKey(small ? written.toLowerCase() : written)).toBe(numberKey(parts.join(other)));
      }),
    );
  });

  it('should differ wherever the groups differ', () => {
    fc.assert(
      fc.property(groups, groups, (some, others) => {
        expect(numberKey(some.join('/')) === numberKey(others.join('/'))).toBe(some.join('/') === others.join('/'));
      }),
    );
  });
});
