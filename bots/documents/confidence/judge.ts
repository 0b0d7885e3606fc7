import { Big } from 'big.js';
import type { Invoice } from '../../../core/model/invoice.ts';
import { KEY_FIELDS } from '../checks/missing.ts';

/** A key field below this confidence is one that a person should look at. */
export const SURE_ENOUGH = 0.85;

/** Fields of the model that readers give a confidence. */
const MONEY_FIELDS = ['seller.vatId', 'payment.iban', 'totals.net', 'totals.vat', 'dueDate'] as const;

/** True when a key field is missing, or a field that goes to the ledger is of low confidence. */
export function isUncertain(invoice: Invoice): boolean {
  const keys = KEY_FIELDS.filter((key) => key.receipt || invoice.kind !== 'receipt');
  if (keys.some((key) => !key.of(invoice) || !isSure(invoice, key.field))) return true;
  if (contradicts(invoice)) return true;
  return MONEY_FIELDS.some((field) => invoice.fields[field] !== undefined && !isSure(invoice, field));
}

/** Totals that were read clearly and still do not add up: a person decides what the paper means. */
function contradicts({ totals: { net, vat, gross } }: Invoice): boolean {
  if (net === undefined || vat === undefined || gross === undefined) return false;
  return new Big(net).plus(vat).minus(gross).abs().gt(ROUNDING);
}

/** Rounding of totals may move their sum by this much. */
const ROUNDING = '0.05';

/** True when the reader would stand by a field. */
export function isSure(invoice: Invoice, field: string): boolean {
  return (invoice.fields[field]?.confidence ?? 0) >= SURE_ENOUGH;
}
