import { Big } from 'big.js';
import type { Invoice } from './invoice.ts';

/** By what two invoices of one supplier and number are compared. Amounts are decimal strings. */
export type InvoiceFigures = {
  number?: string | undefined;
  issueDate?: string | undefined;
  gross?: string | undefined;
  currency?: string | undefined;
};

/** The figures of an invoice. */
export function figuresOf({ number, issueDate, currency, totals }: Invoice): InvoiceFigures {
  return { number, issueDate, gross: totals.gross, currency };
}

/** True only where date, amount and currency are known on both sides and agree: what is not known is for a person. */
export function sameFigures(one: InvoiceFigures, other: InvoiceFigures): boolean {
  if (one.gross === undefined || other.gross === undefined) return false;
  if (one.issueDate === undefined || one.currency === undefined) return false;
  return (
    one.issueDate === other.issueDate && one.currency === other.currency && new Big(one.gross).eq(new Big(other.gross))
  );
}
