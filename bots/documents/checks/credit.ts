import { Big } from 'big.js';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { blocking } from './finding.ts';

/**
 * A credit note lowers what is owed. UBL CreditNote and type 381 of CII print its amounts without a sign, and so do many
 * papers; booked as they stand they would be paid a second time. A person gives them their sign, and then it is booked.
 */
export function checkCredit({ kind, totals: { gross } }: Invoice): Finding[] {
  const owed = kind === 'credit-note' && gross !== undefined && new Big(gross).gt(0);
  return owed ? [blocking('credit.positive', 'totals.gross', { gross })] : [];
}
