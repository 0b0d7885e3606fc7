import type { Invoice } from '../../../definitions/model/invoice.ts';
import type { QrFacts } from './qr.ts';

/** A code's characters are certain; that the code belongs to this invoice nearly is. */
const FROM_CODE = 0.98;

/** Lays what QR codes say over what was recognised: the same value becomes sure, another one gives way and is kept beside. */
export function applyQrFacts(invoice: Invoice, facts: QrFacts): void {
  const apply = (field: string, read: string | undefined, code: string | undefined, set: (value: string) => void) => {
    if (code === undefined) return;
    const same = read !== undefined && bare(read) === bare(code);
    if (!same) set(code);
    const alternatives = same || read === undefined ? undefined : [read];
    invoice.fields[field] = { ...invoice.fields[field], confidence: FROM_CODE, ...(alternatives && { alternatives }) };
  };
  apply('seller.vatId', invoice.seller.vatId, facts.sellerVatId, (value) => (invoice.seller.vatId = value));
  apply('issueDate', invoice.issueDate, facts.issueDate, (value) => (invoice.issueDate = value));
  apply('payment.iban', invoice.payment.iban, facts.iban, (value) => (invoice.payment.iban = value));
  apply('currency', invoice.currency, facts.currency, (value) => (invoice.currency = value));
  // A code may ask for less than the total (a part payment), so its amount only confirms.
  if (facts.gross !== undefined && facts.gross === invoice.totals.gross) {
    invoice.fields['totals.gross'] = { ...invoice.fields['totals.gross'], confidence: FROM_CODE };
  }
}

const bare = (value: string): string => value.replace(/^[A-Z]{2}(?=\d{10}$)/, '').replaceAll(/[^A-Za-z0-9]/g, '');
