import { Big } from 'big.js';
import type { VatBreakdown } from '../../../../core/model/invoice.ts';
import type { Line } from '../../page/layout.ts';
import { fold } from '../fold.ts';
import { amountsOf, type AmountHit } from './amounts.ts';

/** VAT rates in force in the EU and its neighbours, in per cent (Directive 2006/112/EC, art. 97-99, and national laws). */
export const RATES: readonly string[] = [
  '0',
  '2.1',
  '4',
  '5',
  '5.5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '12',
  '13',
  '15',
  '16',
  '17',
  '18',
  '19',
  '20',
  '21',
  '22',
  '23',
  '24',
  '25',
  '27',
];
/** A VAT amount may be the sum of rounded lines: off by this much at the most before it is not that rate's. */
const ROUNDING = new Big('0.05');
/** Rates on one invoice; no law here knows more at once. */
const MAX_ROWS = 6;
/** Rows that could be one of the table's; a page of item lines gives some dozens. */
const MAX_CANDIDATES = 200;
/** Steps of the search for rows that make up the totals. */
const MAX_STEPS = 20_000;

type Totals = { net?: string | undefined; vat?: string | undefined };

/**
 * The VAT breakdown of a page of words, found by arithmetic alone: rows whose VAT is their rate of their net amount and
 * that together make the totals. Without such rows, the one rate that the totals themselves imply; else nothing.
 */
export function readVatTable(lines: readonly Line[], totals: Totals): VatBreakdown[] {
  const { net, vat } = totals;
  if (net === undefined || vat === undefined) return [];
  const found = rowsOfRates(lines, { net, vat });
  if (found) return found;
  const rate = RATES.find((candidate) => vatOf(net, candidate).eq(vat));
  return rate === undefined ? [] : [{ rate, net, vat }];
}

/** Rows of the page that together make these totals, each with a rate of its own; undefined where none do. */
export function rowsOfRates(lines: readonly Line[], totals: { net: string; vat: string }): VatBreakdown[] | undefined {
  return rowsThatSum(lines.flatMap(rowsOf).slice(0, MAX_CANDIDATES), totals);
}

/** VAT counted from lines or from the gross amount is off by this share of itself. */
const RATE_SHARE = '0.005';

/** True where VAT is that of one rate in force. */
export function isOfOneRate(net: string, vat: string): boolean {
  const slack = ROUNDING.plus(new Big(vat).abs().times(RATE_SHARE));
  return RATES.some((rate) => vatOf(net, rate).minus(vat).abs().lte(slack));
}

/** Words for sales that bear no VAT, as they stand in the place of a rate, and what the model calls them. */
const WITHOUT_RATE: readonly (readonly [word: RegExp, rate: string])[] = [
  [/(?<![a-z])zw\.?(?![a-z])/, 'zw'],
  [/(?<![a-z])np\.?(?![a-z])/, 'np'],
  [/(?<![a-z])oo(?![a-z])/, 'oo'],
  [/\b(?:exempt|befreit|steuerfrei|exonere|esente|exento|isento|vrijgesteld|osvobozeno|scutit)\b/, '0'],
];

/** Every way to read a line as rate, net and VAT. A gross amount behind them must be their sum. */
function rowsOf(line: Line): VatBreakdown[] {
  const hits = amountsOf(line);
  const money = hits.filter((hit) => hit.exact && !hit.percent);
  const word = WITHOUT_RATE.find(([form]) => form.test(fold(line.text)))?.[1];
  const named = [...new Set(hits.filter((hit) => isRate(hit)).map((hit) => plain(hit.value)))];
  // "0,00" in the VAT column of an exempt row is no rate of nought.
  const rates = word === undefined ? named : named.filter((rate) => rate !== '0');
  const rows: VatBreakdown[] = [];
  for (const rate of rates) {
    for (const [i, net] of money.entries()) {
      for (const vat of money.slice(i + 1)) {
        if (vatOf(net.value, rate).minus(vat.value).abs().gt(ROUNDING)) continue;
        rows.push({ rate, net: net.value, vat: vat.value });
      }
      // Exempt or zero-rated rows often leave the VAT column empty.
      if (rate === '0' && money.length <= 2) rows.push({ rate, net: net.value, vat: '0.00' });
    }
  }
  if (word !== undefined && rates.length === 0)
    for (const net of new Set(money.map((hit) => hit.value))) rows.push({ rate: word, net, vat: '0.00' });
  return rows;
}

function isRate(hit: AmountHit): boolean {
  return RATES.includes(plain(hit.value)) && (hit.percent || !hit.exact || /[.,]00?$/.test(hit.cell.text));
}

const plain = (value: string): string => new Big(value).toString();

const vatOf = (net: string, rate: string): Big => new Big(net).times(rate).div(100).round(2, Big.roundHalfUp);

/** Rows with different rates whose net and VAT amounts add up to the totals; the fewest rows win. */
function rowsThatSum(rows: readonly VatBreakdown[], totals: { net: string; vat: string }): VatBreakdown[] | undefined {
  let steps = 0;
  const search = (
    from: number,
    left: number,
    net: Big,
    vat: Big,
    taken: VatBreakdown[],
  ): VatBreakdown[] | undefined => {
    if (net.eq(0) && vat.eq(0) && taken.length > 0) return taken;
    if (left === 0) return undefined;
    for (let at = from; at < rows.length; at += 1) {
      steps += 1;
      const row = rows[at];
      if (steps > MAX_STEPS || !row) return undefined;
      if (taken.some((other) => other.rate === row.rate)) continue;
      const found = search(at + 1, left - 1, net.minus(row.net), vat.minus(row.vat), [...taken, row]);
      if (found) return found;
    }
    return undefined;
  };
  for (let size = 1; size <= MAX_ROWS; size += 1) {
    const found = search(0, size, new Big(totals.net), new Big(totals.vat), []);
    if (found) return found;
  }
  return undefined;
}
