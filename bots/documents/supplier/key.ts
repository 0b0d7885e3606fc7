import type { Invoice } from '../../../core/model/invoice.ts';
import { fold } from '../fields/fold.ts';

/**
 * Business key of an invoice: who sent it and its number, each without signs that people write in different ways.
 * Undefined without a number or without a supplier. The VAT id goes before the name, without its country letters,
 * because one and the same supplier writes it with and without them.
 */
export function invoiceKey(invoice: Invoice): string | undefined {
  const number = plain(invoice.number);
  const supplier = supplierKey(invoice);
  return number && supplier ? `${supplier}:${number}` : undefined;
}

/** Who sent an invoice, as {@link invoiceKey} tells suppliers apart. */
export function supplierKey({ seller }: Invoice): string | undefined {
  const id = plain(seller.vatId)?.replace(/^[a-z]{2}(?=[a-z0-9]*\d)/, '');
  return id || plain(seller.name);
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : fold(text).replace(/[^a-z0-9]/g, '') || undefined;
}
