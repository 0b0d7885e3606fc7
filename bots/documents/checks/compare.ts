import { Big } from 'big.js';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { blocking } from './finding.ts';

/** A visible value must be this sure before it is held against the attached XML: a misreading is no fraud. */
const SURE = 0.9;

type Compared = {
  field: string;
  of: (invoice: Invoice) => string | undefined;
  same?: (xml: string, page: string) => boolean;
};

const amount = (xml: string, page: string): boolean => new Big(xml).eq(page);
const compact = (xml: string, page: string): boolean => bare(xml) === bare(page);
const bare = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .replace(/^[A-Z]{2}(?=\d{8})/, '');

const COMPARED: readonly Compared[] = [
  { field: 'number', of: (invoice) => invoice.number, same: compact },
  { field: 'issueDate', of: (invoice) => invoice.issueDate },
  { field: 'totals.gross', of: (invoice) => invoice.totals.gross, same: amount },
  { field: 'payment.iban', of: (invoice) => invoice.payment.iban, same: compact },
];

/**
 * Holds the visible pages against the attached XML. A difference is a finding: people approve what they see and
 * machines book what they read, and a fraud lives between the two.
 */
export function compareWithPages(xml: Invoice, page: Invoice, pageText: string): Finding[] {
  const digits = bare(pageText);
  return COMPARED.flatMap(({ field, of, same = (a, b) => a === b }) => {
    const [inXml, onPage] = [of(xml), of(page)];
    const sure = (page.fields[field]?.confidence ?? 0) >= SURE;
    if (!inXml || !onPage || !sure || same(inXml, onPage)) return [];
    // Credit notes are printed with a minus or without one; both mean the same.
    if (xml.kind === 'credit-note' && field === 'totals.gross' && new Big(inXml).abs().eq(new Big(onPage).abs()))
      return [];
    // The value of the XML stands on the page too: the page only names another one first.
    if (field !== 'totals.gross' && digits.includes(bare(inXml))) return [];
    return [blocking('mismatch.xml-page', field, { field, xml: inXml, page: onPage })];
  });
}

const BETWEEN_FILES: readonly Compared[] = [
  ...COMPARED.filter(({ field }) => field !== 'number'),
  { field: 'currency', of: (invoice) => invoice.currency },
  { field: 'seller.vatId', of: (invoice) => invoice.seller.vatId, same: compact },
];

/**
 * Holds an invoice against what other files of the same mail say of it, as a structured invoice and its visible PDF do.
 * Only values that both readings are sure of are compared.
 */
export function compareFiles(invoice: Invoice, others: readonly Invoice[]): Finding[] {
  return others.flatMap((other) =>
    BETWEEN_FILES.flatMap(({ field, of, same = (a, b) => a === b }) => {
      const [first, second] = [of(invoice), of(other)];
      const sure = [invoice, other].every((one) => (one.fields[field]?.confidence ?? 0) >= SURE);
      if (!first || !second || !sure || same(first, second)) return [];
      return [blocking('mismatch.files', field, { field, first, second })];
    }),
  );
}
