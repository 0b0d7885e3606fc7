import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { blocking, note } from './finding.ts';

/** Fields without which nothing can be booked. A receipt has no number and no buyer of its own. */
export const KEY_FIELDS: readonly { field: string; of: (invoice: Invoice) => string | undefined; receipt: boolean }[] =
  [
    { field: 'number', of: (invoice) => invoice.number, receipt: false },
    { field: 'issueDate', of: (invoice) => invoice.issueDate, receipt: true },
    { field: 'currency', of: (invoice) => invoice.currency, receipt: true },
    { field: 'seller.name', of: (invoice) => invoice.seller.name, receipt: true },
    { field: 'totals.gross', of: (invoice) => invoice.totals.gross, receipt: true },
  ];

/** Key fields that are missing, and ids that a purchase register wants. */
export function checkMissing(invoice: Invoice): Finding[] {
  const missing = KEY_FIELDS.filter((key) => !key.of(invoice) && (key.receipt || invoice.kind !== 'receipt'));
  const findings = missing.map((key) => blocking('missing.key', key.field, { field: key.field }));
  if (invoice.kind === 'receipt') return findings;
  if (!invoice.seller.vatId && hasVat(invoice)) findings.push(blocking('missing.seller-vat-id', 'seller.vatId'));
  else if (!invoice.seller.vatId) findings.push(note('missing.seller-vat-id', 'seller.vatId'));
  if (!invoice.totals.net) findings.push(note('missing.amount', 'totals.net', { field: 'totals.net' }));
  if (!invoice.totals.vat) findings.push(note('missing.amount', 'totals.vat', { field: 'totals.vat' }));
  return findings;
}

/** VAT can only be deducted from a seller with a VAT id (art. 106e(1)(4) of the VAT Act; Directive 2006/112/EC, art. 226). */
function hasVat({ totals, currency }: Invoice): boolean {
  const european = currency === 'PLN' || currency === 'EUR';
  return european && totals.vat !== undefined && Number(totals.vat) !== 0;
}
