import type { Content } from './invoice.ts';
import { printsParts } from './layout/tables.ts';
import type { Printer } from './layout/look.ts';

/** The eleven fields that matter to a ledger. */
export type Field =
  | 'invoiceNumber'
  | 'issueDate'
  | 'dueDate'
  | 'sellerName'
  | 'sellerVatId'
  | 'buyerName'
  | 'currency'
  | 'totalNet'
  | 'totalVat'
  | 'totalGross'
  | 'iban';

/**
 * What a document says. `null`: the field has no value, whatever is read for it is invented. `unscored`: the value is
 * known but not printed as such, so nobody need find it; what is read for it must be right all the same.
 */
export type Truth = { values: Record<Field, string | null>; unscored: Field[] };

/** Everything stands in an e-invoice. */
export function truthOfContent(content: Content): Truth {
  const { seller, buyer } = content;
  const values = {
    invoiceNumber: content.number,
    issueDate: content.issueDate,
    dueDate: content.dueDate,
    sellerName: seller.name,
    sellerVatId: seller.vatId || null,
    buyerName: buyer.name,
    currency: content.currency,
    totalNet: content.net,
    totalVat: content.vat,
    totalGross: content.gross,
    iban: seller.iban || null,
  };
  return { values, unscored: [] };
}

/** What stands on a printed page. */
export function truthOfPage(print: Printer, hasAccount: boolean): Truth {
  const { content, look } = print;
  const { values } = truthOfContent(content);
  const unscored: Field[] = [];
  const invoice = content.kind === 'invoice';
  const terms = look.due !== 'date' && invoice;
  if (look.due === 'terms') {
    if (terms) unscored.push('dueDate');
    else values.dueDate = null;
  }
  if (!hasAccount) values.iban = null;
  if (look.money === 'bare') unscored.push('currency');
  const summary = look.totals === 'summary' || look.totals === 'summary and total';
  if (!printsParts(print)) unscored.push('totalNet', 'totalVat');
  else if (!summary && content.breakdown.length > 1) unscored.push('totalVat');
  return { values, unscored };
}

/** What stands on a till receipt: no buyer, no net sum, the number without a label. */
export function truthOfTill(print: Printer): Truth {
  const { content, look } = print;
  const { values } = truthOfContent(content);
  const unscored: Field[] = ['invoiceNumber', 'totalNet'];
  if (content.breakdown.length > 1) unscored.push('totalVat');
  if (look.money === 'bare') unscored.push('currency');
  // Paid at the till: a due date on the same day would not be wrong.
  return { values: { ...values, buyerName: null, dueDate: null, iban: null }, unscored };
}
