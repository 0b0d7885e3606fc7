import { describe, expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { invoiceKey } from './key.ts';

const key = (number: string | undefined, seller: { vatId?: string; name?: string }) =>
  invoiceKey(Invoice.parse({ number, seller }));

describe('invoiceKey', () => {
  it('is the same however number and id are written', () => {
    expect(key('FV 1/05/2026', { vatId: 'PL5260001246' })).toBe(key('fv-1-05-2026', { vatId: '526-000-12-46' }));
  });

  it('falls back to the name without its accents', () => {
    expect(key('7', { name: 'Łódź Żółw' })).toBe(key('7', { name: 'lodz zolw' }));
  });

  it('differs by supplier and by number', () => {
    expect(key('7', { vatId: '5260001246' })).not.toBe(key('7', { vatId: '7740001454' }));
    expect(key('7', { vatId: '5260001246' })).not.toBe(key('8', { vatId: '5260001246' }));
  });

  it('is undefined without a number or a supplier', () => {
    expect(key(undefined, { vatId: '5260001246' })).toBeUndefined();
    expect(key('7', {})).toBeUndefined();
  });
});
