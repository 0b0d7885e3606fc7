import { expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
import { notOurOwn } from './own-company.ts';

const invoice = Invoice.parse({
  seller: { name: 'Hotel', vatId: 'PL8971204637' },
  buyer: { name: 'We', vatId: 'DE284173906' },
  fields: { 'seller.vatId': { confidence: 0.9 }, 'buyer.vatId': { confidence: 0.8 }, number: { confidence: 1 } },
});

it('should change the ids where ours stands as the seller’s', () => {
  const mended = notOurOwn(invoice, '897-120-46-37');
  expect(mended.seller).toEqual({ name: 'Hotel', vatId: 'DE284173906' });
  expect(mended.buyer.vatId).toBe('PL8971204637');
  expect(mended.fields).toEqual({
    'seller.vatId': { confidence: 0.8 },
    'buyer.vatId': { confidence: 0.9 },
    number: { confidence: 1 },
  });
});

it('should leave no seller id where only ours was read', () => {
  const mended = notOurOwn({ ...invoice, buyer: {} }, 'PL8971204637');
  expect(mended.seller.vatId).toBeUndefined();
  expect(mended.fields['seller.vatId']).toBeUndefined();
});

it('should leave others alone', () => {
  expect(notOurOwn(invoice, 'PL5260250274')).toBe(invoice);
  expect(notOurOwn(invoice, undefined)).toBe(invoice);
});
