import { compareAmounts, sum } from '../../core/model/money.ts';
import type { Invoice } from '../../core/model/invoice.ts';
import { businessException } from '../../core/model/problem.ts';

/** What one VAT rate of an invoice puts on an expense account. Amounts are decimal strings. */
export type PostingLine = { vatRate: string; net: string; vat: string; account: string };

/** A supplier invoice ready to be booked: net and VAT on the one side, the payable on the other. */
export type Posting = {
  /** Business key: supplier and invoice number; one reference is never booked twice. */
  reference: string;
  /** Reference that an earlier release gave it. What is found under it counts only where the number is the same. */
  formerly?: string | undefined;
  number: string;
  supplier: string;
  supplierVatId?: string;
  /** ISO 8601. */
  issueDate: string;
  /** Date of supply; the issue date where the invoice does not say. */
  saleDate: string;
  /** The issue date where the invoice does not say: due at once. */
  dueDate: string;
  currency: string;
  net: string;
  vat: string;
  gross: string;
  account: string;
  costCentre?: string;
  description: string;
  lines: PostingLine[];
};

export type PostingOptions = {
  account?: string | undefined;
  reference: string;
  formerly?: string | undefined;
  costCentre?: string | undefined;
};

/**
 * Makes the posting of an invoice.
 * @throws a business exception `incomplete-invoice` that names each missing field, or `unbalanced`.
 */
export function postingFromInvoice(invoice: Invoice, options: PostingOptions): Posting {
  const { number, issueDate, currency, totals, seller } = invoice;
  const { account, reference, formerly, costCentre } = options;
  const { net, vat, gross } = totals;
  const supplier = seller.name;
  if (!number || !supplier || !issueDate || !currency || !net || !vat || !gross || !account) {
    const fields = { number, supplier, issueDate, currency, net, vat, gross, account };
    throw incomplete(Object.entries(fields).flatMap(([name, value]) => (value ? [] : [name])));
  }
  const breakdown = invoice.vatBreakdown.length > 0 ? invoice.vatBreakdown : [{ rate: singleRate(invoice), net, vat }];
  const posting: Posting = {
    reference,
    ...(formerly !== undefined && { formerly }),
    number,
    supplier,
    ...(seller.vatId ? { supplierVatId: seller.vatId } : {}),
    issueDate,
    saleDate: invoice.saleDate ?? issueDate,
    dueDate: invoice.dueDate ?? issueDate,
    currency,
    net,
    vat,
    gross,
    account,
    ...(costCentre ? { costCentre } : {}),
    description: describe(invoice),
    lines: breakdown.map((line) => ({ vatRate: line.rate, net: line.net, vat: line.vat, account })),
  };
  requireBalance(posting);
  return posting;
}

/** @throws a business exception `unbalanced` unless lines and totals come to zero against the payable, to the cent. */
export function requireBalance({ lines, net, vat, gross }: Posting): void {
  const nets = sum(lines.map((line) => line.net));
  const vats = sum(lines.map((line) => line.vat));
  const pairs = [
    ['net', nets, net],
    ['VAT', vats, vat],
    ['gross', sum([nets, vats]), gross],
  ] as const;
  const faults = pairs.filter(([, lineSum, total]) => compareAmounts(lineSum, total) !== 0);
  if (faults.length === 0) return;
  const detail = faults.map(([name, lineSum, total]) => `${name} of the lines is ${lineSum}, the total says ${total}`);
  throw businessException('unbalanced', `the posting does not balance: ${detail.join('; ')}`);
}

function singleRate(invoice: Invoice): string {
  const rates = new Set(invoice.lines.map((line) => line.vatRate).filter((rate) => rate !== undefined));
  const [rate] = rates;
  if (rate === undefined || rates.size > 1) throw incomplete(['VAT breakdown']);
  return rate;
}

function describe(invoice: Invoice): string {
  const names = invoice.lines.map((line) => line.name).filter((name) => name !== undefined);
  const [first] = names;
  if (first === undefined) return invoice.number ?? '';
  return names.length > 1 ? `${first} (+${names.length - 1})` : first;
}

function incomplete(fields: readonly string[]): Error {
  return businessException('incomplete-invoice', `the invoice cannot be booked without: ${fields.join(', ')}`);
}
