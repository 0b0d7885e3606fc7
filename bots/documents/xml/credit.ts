import { Big } from 'big.js';
import type { Invoice } from '../../../core/model/invoice.ts';

/**
 * A credit note with the sign of what it does to the debt. Its type says that it lowers it (UNTDID 1001; EN 16931-1, BT-3),
 * so its amounts are written without a minus; one that carries a minus all the same says it twice.
 */
export function asOwed(invoice: Invoice): Invoice {
  const { kind, totals, lines, vatBreakdown } = invoice;
  if (kind !== 'credit-note' || totals.gross === undefined || new Big(totals.gross).lte(0)) return invoice;
  const signed = Object.fromEntries(Object.entries(totals).map(([part, amount]) => [part, minus(amount)]));
  return {
    ...invoice,
    totals: signed,
    lines: lines.map((line) => ({
      ...line,
      quantity: minus(line.quantity),
      net: minus(line.net),
      gross: minus(line.gross),
      charges: minus(line.charges),
    })),
    vatBreakdown: vatBreakdown.map((row) => ({
      ...row,
      net: minus(row.net) ?? row.net,
      vat: minus(row.vat) ?? row.vat,
    })),
  };
}

/** The amount with the other sign, its decimals kept; zero has none. */
function minus(amount: string | undefined): string | undefined {
  if (amount === undefined || new Big(amount).eq(0)) return amount;
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
