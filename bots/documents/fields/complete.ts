import { Big } from 'big.js';
import type { Invoice, VatBreakdown } from '../../../core/model/invoice.ts';
import { RATES } from './money/vat-table.ts';

/** Each line may have been rounded by half a cent, and each rate once more. */
const CENT = new Big('0.01');

/** What follows from all that was read, once it is together. */
export function complete(invoice: Invoice): void {
  onePartyEach(invoice);
  if (invoice.vatBreakdown.length === 0) invoice.vatBreakdown = breakdownOfLines(invoice);
}

const bare = (id: string): string => id.replace(/^[A-Z]{2}(?=\d)/, '');

/** An id belongs to one party: the one for which it is surer. Where nothing tells, both keep it and a check objects. */
function onePartyEach({ seller, buyer, fields }: Invoice): void {
  if (seller.vatId === undefined || buyer.vatId === undefined || bare(seller.vatId) !== bare(buyer.vatId)) return;
  const [ofSeller, ofBuyer] = [fields['seller.vatId']?.confidence ?? 0, fields['buyer.vatId']?.confidence ?? 0];
  if (ofSeller === ofBuyer) return;
  const [party, field] = ofSeller > ofBuyer ? ([buyer, 'buyer.vatId'] as const) : ([seller, 'seller.vatId'] as const);
  delete party.vatId;
  delete fields[field];
}

/** The VAT by rate as the lines give it, net or gross; nothing unless it makes up the totals, which were read apart. */
function breakdownOfLines({ lines, totals: { net, vat } }: Invoice): VatBreakdown[] {
  if (net === undefined || vat === undefined || lines.length === 0) return [];
  const sums = new Map<string, { net: Big; gross: Big }>();
  for (const line of lines) {
    if (line.vatRate === undefined || !RATES.includes(line.vatRate)) return [];
    const sum = sums.get(line.vatRate) ?? { net: new Big(0), gross: new Big(0) };
    if (line.net !== undefined) sum.net = sum.net.plus(line.net);
    else if (line.gross !== undefined) sum.gross = sum.gross.plus(line.gross);
    else return [];
    sums.set(line.vatRate, sum);
  }
  const rows = [...sums].map(([rate, sum]) => {
    const whole = sum.net.plus(sum.gross.times(100).div(new Big(rate).plus(100))).round(2, Big.roundHalfUp);
    const tax = whole.times(rate).div(100).round(2, Big.roundHalfUp);
    return { rate, net: whole.toFixed(2), vat: tax.toFixed(2) };
  });
  const off = (sum: Big, total: string): Big => sum.minus(total).abs();
  const add = (of: 'net' | 'vat'): Big => rows.reduce((sum, row) => sum.plus(row[of]), new Big(0));
  const tolerance = CENT.times(rows.length);
  return off(add('net'), net).lte(tolerance) && off(add('vat'), vat).lte(tolerance) ? rows : [];
}
