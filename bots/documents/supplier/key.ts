import type { Invoice } from '../../../core/model/invoice.ts';
import { fold } from '../fields/fold.ts';

/**
 * Business key of an invoice: who sent it and its number. Undefined without a number or without a supplier. The VAT id
 * goes before the name, without its country letters, because one and the same supplier writes it with and without them.
 */
export function invoiceKey(invoice: Invoice): string | undefined {
  const number = numberKey(invoice.number);
  const supplier = supplierKey(invoice);
  return number && supplier ? `${supplier}:${number}` : undefined;
}

/**
 * The key that earlier releases made, which left separators out: 11/1/2026 and 1/11/2026 had the same. Only for finding
 * what was claimed or booked under it; whoever finds something compares the numbers by {@link numberKey}.
 */
export function formerInvoiceKey(invoice: Invoice): string | undefined {
  const number = plain(invoice.number);
  const supplier = supplierKey(invoice);
  return number && supplier ? `${supplier}:${number}` : undefined;
}

/**
 * What distinguishes an invoice number: its letters and figures, group by group. Where one group ends matters (1/11 is
 * another number than 11/1); which sign or blank stands between two groups, small or capital letters and accents do
 * not, because readers and people write them in different ways. Words before a number such as "FV" stay: a supplier
 * may count invoices, pro formas and corrections each from one.
 */
export function numberKey(number: string | undefined): string | undefined {
  return fold(number ?? '')
    .match(/\p{L}+|\p{N}+/gu)
    ?.join('/');
}

/** Who sent an invoice, as {@link invoiceKey} tells suppliers apart. */
export function supplierKey({ seller }: Invoice): string | undefined {
  const id = plain(seller.vatId)?.replace(/^[a-z]{2}(?=[a-z0-9]*\d)/, '');
  return id || fold(seller.name ?? '').replace(/[^\p{L}\p{N}]/gu, '') || undefined;
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : fold(text).replace(/[^a-z0-9]/g, '') || undefined;
}
