import { Big } from 'big.js';
import { round2, sum } from '../../core/model/money.ts';
import type { DemoInvoice, DemoLine, DemoRate } from './model.ts';

/** Name, quantity, unit, unit price, VAT rate. */
export type LineSpec = readonly [name: string, quantity: string, unit: string, unitPrice: string, rate: string];

export type InvoiceSpec = Omit<
  DemoInvoice,
  'lines' | 'breakdown' | 'net' | 'vat' | 'gross' | 'grossPrices' | 'splitPayment' | 'paid'
> &
  Partial<Pick<DemoInvoice, 'grossPrices' | 'splitPayment' | 'paid'>> & { lines: readonly LineSpec[] };

/** Computes amounts as Polish law does it (art. 106e of the VAT Act): VAT per rate from the sum of that rate's lines. */
export function buildInvoice(spec: InvoiceSpec): DemoInvoice {
  const grossPrices = spec.grossPrices ?? false;
  const lines = spec.lines.map(([name, quantity, unit, unitPrice, rate]): DemoLine => {
    return { name, quantity, unit, unitPrice, rate, amount: round2(new Big(quantity).times(unitPrice)) };
  });
  const rates = [...new Set(lines.map((line) => line.rate))];
  const breakdown = rates.map((rate) =>
    rateRow(rate, sum(lines.filter((line) => line.rate === rate).map((line) => line.amount)), grossPrices),
  );
  return {
    ...spec,
    grossPrices,
    splitPayment: spec.splitPayment ?? false,
    paid: spec.paid ?? false,
    lines,
    breakdown,
    net: sum(breakdown.map((row) => row.net)),
    vat: sum(breakdown.map((row) => row.vat)),
    gross: sum(breakdown.map((row) => row.gross)),
  };
}

function rateRow(rate: string, amount: string, gross: boolean): DemoRate {
  if (!gross) {
    const vat = round2(new Big(amount).times(rate).div(100));
    return { rate, net: amount, vat, gross: sum([amount, vat]) };
  }
  const vat = round2(new Big(amount).times(rate).div(new Big(rate).plus(100)));
  return { rate, net: round2(new Big(amount).minus(vat)), vat, gross: amount };
}

/** Calendar arithmetic on ISO dates. */
export function addDays(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
