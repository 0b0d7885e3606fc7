import { formerInvoiceKey, invoiceKey, numberKey } from '../bots/documents/index.ts';
import type { Finding, Invoice } from '../core/model/invoice.ts';
import { figuresOf, type InvoiceFigures, sameFigures } from '../core/model/invoice-figures.ts';
import type { Claims } from '../store/claims.ts';

export type DuplicateDependencies = {
  claims: Pick<Claims, 'claim' | 'find' | 'transfer' | 'release'>;
  /** True for a run that has ended without an outcome: failed, cancelled or terminated. */
  isAbandoned: (run: string) => Promise<boolean>;
  /** Invoices that people were asked about in a run, newest first. */
  invoicesOf: (run: string) => Promise<Invoice[]>;
};

/** The run that has an invoice of this supplier and number, and what that invoice says where it is known. */
export type Owner = { run: string; figures: InvoiceFigures | undefined };

const claimOf = (key: string): string => `invoice:${key}`;

/** Knows invoices that were seen before, by supplier and number, and compares what they say. */
export function createDuplicates({ claims, isAbandoned, invoicesOf }: DuplicateDependencies) {
  /** What the invoice of another run says: of its claim, or of what people were asked in that run. */
  async function figuresIn(run: string, invoice: Invoice): Promise<InvoiceFigures | undefined> {
    const former = formerInvoiceKey(invoice);
    const found = (await invoicesOf(run)).find((other) => formerInvoiceKey(other) === former);
    return found && figuresOf(found);
  }

  /**
   * A claim under the key of earlier releases, which is the same for numbers that differ in their separators. Where the
   * other number is known and is another one, the claim is not about this invoice.
   */
  async function formerOwner(invoice: Invoice, run: string): Promise<Owner | undefined> {
    const former = formerInvoiceKey(invoice);
    if (former === undefined || former === invoiceKey(invoice)) return undefined;
    const claim = await claims.find(claimOf(former));
    if (!claim || claim.run === run || (await isAbandoned(claim.run))) return undefined;
    const figures = await figuresIn(claim.run, invoice);
    const isOther = figures?.number !== undefined && numberKey(figures.number) !== numberKey(invoice.number);
    return isOther ? undefined : { run: claim.run, figures };
  }

  return {
    /**
     * The other run that handles an invoice of this supplier and number; undefined where this run is the first. A run
     * that was ended before it came to anything handles it no more: the supplier who sends the invoice again must not
     * be told that it is being seen to.
     */
    async otherOwner(invoice: Invoice, run: string): Promise<Owner | undefined> {
      const key = invoiceKey(invoice);
      if (key === undefined) return undefined;
      const former = await formerOwner(invoice, run);
      if (former) return former;
      const figures = figuresOf(invoice);
      let owner = await claims.claim(claimOf(key), run, figures);
      if (owner !== run && (await isAbandoned(owner))) owner = await claims.transfer(claimOf(key), owner, run, figures);
      if (owner === run) return undefined;
      const claim = await claims.find(claimOf(key));
      return { run: owner, figures: claim?.figures ?? (await figuresIn(owner, invoice)) };
    },

    /** Gives the invoice's keys back, where this run has them. */
    async release(invoice: Invoice, run: string): Promise<boolean> {
      const keys = [invoiceKey(invoice), formerInvoiceKey(invoice)].filter((key) => key !== undefined);
      for (const key of keys) await claims.release(claimOf(key), run);
      return keys.length > 0;
    },
  };
}

/**
 * What to say of an invoice whose supplier and number another run has. The same date and amount make it the same
 * invoice; where one of them differs or is not known, a person compares the two.
 */
export function duplicateFinding(invoice: Invoice, { run, figures }: Owner): Finding {
  const ours = figuresOf(invoice);
  const number = invoice.number ?? '';
  if (figures && sameFigures(ours, figures)) {
    return { rule: 'duplicate.seen', blocking: true, field: 'number', values: { number, run } };
  }
  const values = Object.entries({
    ...{ number, run, date: ours.issueDate, gross: ours.gross, currency: ours.currency },
    ...{ otherNumber: figures?.number, otherDate: figures?.issueDate, otherGross: figures?.gross },
    otherCurrency: figures?.currency,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { rule: 'duplicate.differs', blocking: true, field: 'number', values: Object.fromEntries(values) };
}
