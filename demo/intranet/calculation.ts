import { createHash } from 'node:crypto';
import { Big } from 'big.js';
import { round2, sum } from '../../core/model/money.ts';
import type { PostingLine, VatRate } from './model.ts';

/** Rows of the VAT table; fixed, as the form is. */
export const LINE_ROWS = 4;

/** Percent of a rate; words of the law (zw, np, oo) carry no tax. */
const percent = (rate: VatRate): string => (/^\d+$/.test(rate) ? rate : '0');

/** VAT and gross of one net amount, rounded to two places half away from zero. */
export function computeLine(net: string, rate: VatRate): PostingLine {
  const vat = round2(new Big(net).times(percent(rate)).div(100));
  return { rate, net, vat, gross: round2(new Big(net).plus(vat)) };
}

export type Totals = { net: string; vat: string; gross: string };

/** Totals of the rows. `correction` moves the VAT by a rounding difference, for example "-0.01". */
export function computeTotals(lines: readonly PostingLine[], correction = '0.00'): Totals {
  const net = sum(lines.map((line) => line.net));
  const vat = sum([...lines.map((line) => line.vat), correction]);
  return { net, vat, gross: sum([net, vat]) };
}

/** Digest of what was recalculated. The form carries it, and a posting is refused where amounts have changed since. */
export function calculationDigest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
