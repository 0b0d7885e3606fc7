import { Big } from 'big.js';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { blocking } from '../checks/finding.ts';
import type { QrFacts } from './qr.ts';

/** A code's characters are certain; that the code belongs to this invoice nearly is. */
const FROM_CODE = 0.98;
/** A value on the page that was read this surely and differs is no misreading: page and code contradict each other. */
const SURE = 0.9;
/** What is left of the confidence of a contested value: a person looks. */
const CONTESTED = 0.8;

/**
 * Lays what QR codes say beside what was read. The same value becomes sure, a missing one is taken from the code. Of two
 * different ones a surely read one makes a finding (a code that pays another account is a known fraud); a doubtful one
 * from a scan gives way to the code. Whatever gives way is kept as an alternative.
 */
export function applyQrFacts(invoice: Invoice, facts: QrFacts, exact = false): Finding[] {
  const findings: Finding[] = [];
  const apply = (field: string, read: string | undefined, code: string | undefined, set: (value: string) => void) => {
    if (code === undefined) return;
    const reading = invoice.fields[field];
    const same = read !== undefined && bare(read) === bare(code);
    const contested = read !== undefined && !same && (exact || (reading?.confidence ?? 0) >= SURE);
    if (contested) findings.push(blocking('mismatch.qr', field, { field, code, page: read }));
    const keep = contested && exact;
    if (!same && !keep) set(code);
    const other = same || read === undefined ? [] : [keep ? code : read];
    invoice.fields[field] = {
      ...reading,
      confidence: contested ? CONTESTED : FROM_CODE,
      ...(other.length > 0 && { alternatives: other }),
    };
  };
  apply('seller.vatId', invoice.seller.vatId, facts.sellerVatId, (value) => (invoice.seller.vatId = value));
  apply('issueDate', invoice.issueDate, facts.issueDate, (value) => (invoice.issueDate = value));
  apply('payment.iban', invoice.payment.iban, facts.iban, (value) => (invoice.payment.iban = value));
  apply('currency', invoice.currency, facts.currency, (value) => (invoice.currency = value));
  return [...findings, ...applyGross(invoice, facts.gross)];
}

/** A code may ask for less than the total (a part payment), so a lower amount says nothing; a higher one contradicts. */
function applyGross(invoice: Invoice, code: string | undefined): Finding[] {
  const { gross } = invoice.totals;
  const reading = invoice.fields['totals.gross'];
  if (code === undefined || gross === undefined) return [];
  if (new Big(code).eq(gross)) invoice.fields['totals.gross'] = { ...reading, confidence: FROM_CODE };
  const above = new Big(code).gt(gross) && (reading?.confidence ?? 0) >= SURE;
  return above ? [blocking('mismatch.qr', 'totals.gross', { field: 'totals.gross', code, page: gross })] : [];
}

const bare = (value: string): string => value.replace(/^[A-Z]{2}(?=\d{10}$)/, '').replaceAll(/[^A-Za-z0-9]/g, '');
