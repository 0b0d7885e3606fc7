import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { checkArithmetic } from './arithmetic.ts';
import { checkCredit } from './credit.ts';
import { checkDates } from './dates.ts';
import { checkIds } from './ids.ts';
import { checkMissing } from './missing.ts';

/**
 * Every check of an invoice that needs nothing but the invoice: missing fields, arithmetic, signs of credit notes, ids, account, dates.
 * Pure; `today` is the ISO date in the company's time zone.
 */
export function checkInvoice(invoice: Invoice, options: { today: string }): Finding[] {
  return [
    ...checkMissing(invoice),
    ...checkArithmetic(invoice),
    ...checkCredit(invoice),
    ...checkIds(invoice),
    ...checkDates(invoice, options.today),
  ];
}
