import { describe, expect, it } from 'vitest';
import { Invoice, type Invoice as Model } from '../../../core/model/invoice.ts';
import { weighPasses } from './agree.ts';

/** An invoice with fields at confidences. */
function pass(
  values: Partial<Pick<Model, 'number' | 'dueDate' | 'totals' | 'seller' | 'buyer'>>,
  confidence: number,
): Model {
  const invoice = Invoice.parse(values);
  const paths = [
    'number',
    'dueDate',
    'seller.name',
    'seller.vatId',
    'buyer.name',
    'totals.net',
    'totals.vat',
    'totals.gross',
  ];
  for (const path of paths) invoice.fields[path] = { confidence };
  return invoice;
}

describe('weighPasses', () => {
  it('takes from one pass what the united words do not give', () => {
    const united = pass({}, 0);
    weighPasses(united, [pass({ dueDate: '2026-10-13' }, 0.95), pass({}, 0)]);
    expect(united).toMatchObject({ dueDate: '2026-10-13', fields: { dueDate: { confidence: 0.92 } } });
  });

  it('takes nothing where passes differ, and never a VAT id', () => {
    const united = pass({}, 0);
    const vat = { seller: { vatId: 'PL5260001246' } };
    weighPasses(united, [pass({ number: 'A/1', ...vat }, 0.95), pass({ number: 'A/7', ...vat }, 0.95)]);
    expect(united.number).toBeUndefined();
    expect(united.seller.vatId).toBeUndefined();
  });

  it('reads names as one that differ in blanks and diacritics, and keeps those', () => {
    const united = pass({ buyer: { name: 'Zelgrams.c.' } }, 0.7);
    weighPasses(united, [
      pass({ buyer: { name: 'Zelgrams.c.' } }, 0.8),
      pass({ buyer: { name: 'Żelgram s.c.' } }, 0.9),
    ]);
    expect(united.buyer.name).toBe('Żelgram s.c.');
    expect(united.fields['buyer.name']?.confidence).toBeGreaterThanOrEqual(0.85);
  });

  it('lets the rest of the paper decide between two names that differ in a letter', () => {
    const make = () =>
      [pass({ seller: { name: 'MANTA SHOP' } }, 0.85), pass({ seller: { name: 'WANTA SHOP' } }, 0.85)] as const;
    const [united, told] = [make()[0], make()[0]];
    weighPasses(told, make(), 'MANTA SHOP\nfollow Manta in town');
    expect(told).toMatchObject({ seller: { name: 'MANTA SHOP' }, fields: { 'seller.name': { confidence: 0.95 } } });
    weighPasses(united, make(), 'SHOP');
    expect(united.fields['seller.name']?.confidence).toBeLessThan(0.85);
  });

  it('completes a number that one pass cut at a slash', () => {
    const united = pass({ number: '0311/07/26' }, 0.74);
    weighPasses(united, [pass({ number: '0311/07/26/FVS' }, 0.92), pass({ number: '0311/07/26' }, 0.92)]);
    expect(united.number).toBe('0311/07/26/FVS');
  });

  it('takes totals that add up in one pass', () => {
    const united = pass({ totals: { gross: '120.00' } }, 0.6);
    weighPasses(united, [pass({ totals: { net: '100.00', vat: '20.00', gross: '120.00' } }, 0.97), pass({}, 0)]);
    expect(united.totals).toEqual({ net: '100.00', vat: '20.00', gross: '120.00' });
    expect(united.fields['totals.gross']?.confidence).toBeGreaterThanOrEqual(0.9);
  });
});
