import type { Invoice } from '../../../core/model/invoice.ts';

/** VAT ids are compared without country letters, blanks and signs. */
const bare = (vatId: string): string =>
  vatId
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replace(/^[A-Z]{2}(?=\d)/, '');

/**
 * A supplier invoice is never our own: where the id that was read as the seller's is ours, the two ids were taken for
 * each other, and change places with how they were read. Returns the invoice itself where there is nothing to mend.
 */
export function notOurOwn(invoice: Invoice, ownVatId: string | undefined): Invoice {
  const { seller, buyer, fields } = invoice;
  if (ownVatId === undefined || seller.vatId === undefined || bare(seller.vatId) !== bare(ownVatId)) return invoice;
  const { 'seller.vatId': ofSeller, 'buyer.vatId': ofBuyer, ...others } = fields;
  return {
    ...invoice,
    seller: { ...seller, vatId: buyer.vatId },
    buyer: { ...buyer, vatId: seller.vatId },
    fields: {
      ...others,
      ...(ofBuyer && buyer.vatId !== undefined && { 'seller.vatId': ofBuyer }),
      ...(ofSeller && { 'buyer.vatId': ofSeller }),
    },
  };
}
