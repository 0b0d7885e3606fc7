import { z } from 'zod';
import { Invoice, InvoiceLine, Party, VatBreakdown } from './invoice.ts';
import type { Amount } from './money.ts';
import { parseMoney } from './money.ts';
import { Subject } from './subject.ts';

const { totals, payment, references } = Invoice.shape;

/** What belongs to a subject is none of an invoice's: by these names the two are told apart, also where others are mistyped. */
const NOT_OF_INVOICES = {
  title: none(),
  amount: none(),
  requester: none(),
  facts: none(),
  table: none(),
  files: none(),
};

function none() {
  return z.never().optional();
}

/** An invoice in which nothing stands that the model does not know: what a person is not shown, they cannot approve. */
const StrictInvoice = Invoice.extend({
  ...NOT_OF_INVOICES,
  seller: Party.strict().default({}),
  buyer: Party.strict().default({}),
  lines: z.array(InvoiceLine.strict()).default([]),
  vatBreakdown: z.array(VatBreakdown.strict()).default([]),
  totals: totals.unwrap().strict().default({}),
  payment: payment.unwrap().strict().default({}),
  references: references.unwrap().strict().default({}),
}).strict();

/** What people are asked about: a subject, which has a title, or an invoice. A key that neither knows is an error. */
export const About = z.union([Subject, StrictInvoice], { error: (issue) => wrongAbout(issue) });
export type About = Subject | Invoice;

/** Names the keys that are in the way: "invalid input" would leave the author guessing. */
function wrongAbout(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_union' || typeof issue.input !== 'object' || issue.input === null) return undefined;
  const branch = issue.errors[isSubject(issue.input) ? 0 : 1] ?? [];
  const told = branch.map((one) => `${one.path.length > 0 ? `${one.path.join('.')}: ` : ''}${one.message}`);
  return `neither a subject (title, amount, requester, facts, table, files) nor an invoice: ${told.join('; ')}`;
}

/** True for a subject: an invoice has no title. */
export function isSubject(about: object): about is Subject {
  return 'title' in about;
}

/**
 * The invoice that a page of invoices is about.
 * @throws where it is a subject: a document is checked field by field, a subject is not.
 */
export function invoiceOf(about: About): Invoice {
  if (isSubject(about)) throw new TypeError(`"${about.title}" is no invoice`);
  return about;
}

/** Gross amount of an invoice or amount of a subject; undefined where none was read or there is none. */
export function amountIn(about: About): { amount: Amount; currency: string | undefined } | undefined {
  if (isSubject(about)) return about.amount === undefined ? undefined : parseMoney(about.amount);
  const { gross } = about.totals;
  return gross === undefined ? undefined : { amount: gross, currency: about.currency };
}

/** What a person knows the case by: the supplier, or the title. Undefined where the supplier was not read. */
export function headingOf(about: About): string | undefined {
  return isSubject(about) ? about.title : about.seller.name;
}

/** Number of an invoice; a subject has its title alone. */
export function numberOf(about: About): string | undefined {
  return isSubject(about) ? undefined : about.number;
}
