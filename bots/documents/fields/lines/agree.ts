import { Big } from 'big.js';
import type { Invoice } from '../../../../core/model/invoice.ts';
import type { LinesReading } from './read.ts';

/** What a total is raised to when the lines of the table come to the same amount on their own. */
const AGREED = 0.97;
/** A total below this is a guess that agreement by chance must not make sure. */
const LEAST = 0.4;

/**
 * Lines that add up to a total speak for it: two parts of the paper say the same. A total that the lines contradict
 * stays as it is; the difference is told by the check `arithmetic.lines`.
 */
export function agreeWithLines(invoice: Invoice, { lines, agrees }: LinesReading): void {
  if (agrees === undefined) return;
  raise(invoice, agrees);
  const { net, vat, gross } = invoice.totals;
  const byRate = vatOfLines(lines.map(({ line }) => line));
  if (agrees !== 'net' || vat === undefined) return;
  const adds = net !== undefined && gross !== undefined && new Big(net).plus(vat).eq(gross);
  // Without a rate on every line the sum of the totals speaks alone: net is all of the lines, so VAT is all of the VAT.
  if (byRate === undefined ? !adds : new Big(byRate).minus(vat).abs().gt(ROUNDING)) return;
  raise(invoice, 'vat');
  if (adds) raise(invoice, 'gross');
}

/** VAT summed from lines may be off by some cents from VAT counted once for each rate. */
const ROUNDING = '0.05';

function raise(invoice: Invoice, part: 'net' | 'vat' | 'gross'): void {
  const reading = invoice.fields[`totals.${part}`];
  if (reading && reading.confidence >= LEAST && reading.confidence < AGREED) reading.confidence = AGREED;
}

/** VAT by the lines' own rates; undefined where a line has no rate that is a number or a word of the law. */
function vatOfLines(lines: Invoice['lines']): string | undefined {
  let sum = new Big(0);
  for (const { net, vatRate } of lines) {
    if (net === undefined || vatRate === undefined) return undefined;
    const rate = /^\d+(?:\.\d+)?$/.test(vatRate) ? vatRate : '0';
    sum = sum.plus(new Big(net).times(rate).div(100));
  }
  return lines.length > 0 ? sum.toFixed(2) : undefined;
}
