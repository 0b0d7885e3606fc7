import { Big } from 'big.js';
import type { Cell } from '../../page/layout.ts';
import type { AmountHit } from './amounts.ts';
import type { Money } from '../candidate.ts';
import { CENT, LABELLED, moneyOf, raise, type Sum } from './money.ts';
import { labelled, type Paper } from '../paper.ts';
import { RATES } from './vat-table.ts';

/** A gross total that no label names: the sum of labelled net and VAT, where that amount stands on the page. */
export function printedSum(paper: Paper, nets: Money[], vats: Money[]): Sum | undefined {
  const amounts = paper.lines.flatMap((line) => line.amounts.filter((hit) => !hit.percent));
  for (const net of nets.filter((one) => one.score >= LABELLED)) {
    for (const vat of vats.filter((one) => one.score >= LABELLED && one.amount.lt(net.amount))) {
      const sum = net.amount.plus(vat.amount);
      const printed = vat.amount.gt(0) && amounts.find((hit) => hit.exact && sum.eq(hit.value));
      if (printed)
        return { net: raise(net), vat: raise(vat), gross: { ...moneyOf(printed, 1), score: PRINTED_DIFFERENCE } };
    }
  }
  return undefined;
}

/** Only VAT and its rate are labelled ("Tax (20%) 300.00"): the gross total is the printed amount that fits both. */
export function rateSum(paper: Paper): Sum | undefined {
  const amounts = paper.lines.flatMap((line) => line.amounts.filter((hit) => !hit.percent));
  for (const { line } of labelled(paper, 'vat')) {
    const rate = line.amounts.find((hit) => hit.percent) ?? rateIn(line.text);
    const vat = line.amounts.findLast((hit) => hit.exact && !hit.percent);
    if (!rate || !vat || new Big(rate.value).lte(0) || new Big(vat.value).lte(0)) continue;
    const share = new Big(rate.value).div(100);
    const expected = new Big(vat.value).times(share.plus(1)).div(share);
    const slack = share.plus(1).div(share).times(CENT).div(2);
    const fits = (value: Big) => expected.minus(value).abs().lte(slack);
    const printed = amounts.find((hit) => hit.exact && fits(new Big(hit.value)));
    const mended = paper.exact ? undefined : amounts.find((hit) => !hit.exact && fits(new Big(hit.value).div(100)));
    if (!printed && !mended) continue;
    const gross = printed
      ? { ...moneyOf(printed, 1), score: PRINTED_DIFFERENCE }
      : { ...pointMended(mended), score: MENDED };
    const vatMoney = { ...moneyOf(vat, 1), score: PRINTED_DIFFERENCE };
    const net = gross.amount.minus(vatMoney.amount).toFixed(2);
    const shown = amounts.find((hit) => hit.exact && new Big(hit.value).eq(net));
    const netMoney = shown
      ? { ...moneyOf(shown, 1), score: gross.score }
      : { value: net, score: UNSEEN, cell: undefined };
    return { net: netMoney, vat: vatMoney, gross };
  }
  return undefined;
}

/**
 * Net and VAT whose labels were not understood: two printed amounts above a labelled total, one under the other and each
 * the last of its line, that add up to it and whose ratio is a rate of VAT.
 */
export function rateTriple(paper: Paper, grosses: Money[]): Sum | undefined {
  const at = (cell: Cell | undefined) =>
    paper.lines.findIndex((line) => line.page === cell?.page && line.index === cell.line);
  for (const gross of grosses.filter((one) => one.score >= LABELLED && one.amount.gt(0))) {
    const end = at(gross.cell);
    const above = paper.lines.slice(Math.max(0, end - SUMMARY_ROWS), end).flatMap((line) => {
      const last = line.amounts.findLast((hit) => hit.exact && !hit.percent);
      return last ? [moneyOf(last, 1)] : [];
    });
    for (const [index, net] of above.entries()) {
      const vat = above[index + 1];
      if (!vat || !net.amount.plus(vat.amount).minus(gross.amount).abs().lt(CENT) || vat.amount.lte(0)) continue;
      const isRate = RATES.some((rate) => net.amount.times(rate).div(100).minus(vat.amount).abs().lt(CENT));
      if (isRate) {
        const found = { net: { ...net, score: PRINTED_DIFFERENCE }, vat: { ...vat, score: PRINTED_DIFFERENCE } };
        return { ...found, gross: raise(gross) };
      }
    }
  }
  return undefined;
}

/** A net amount that stands nowhere on the page: the page may round otherwise. */
const UNSEEN = 0.8;

/** Rows between the net amount and the total of a summary. */
const SUMMARY_ROWS = 5;

/** A recogniser loses the decimal point of "1800.00"; arithmetic says where it stood. */
function pointMended(hit: AmountHit | undefined): Money {
  const amount = new Big(hit?.value ?? '0').div(100);
  return { value: amount.toFixed(2), amount, score: MENDED, cell: hit?.cell, repaired: true };
}

const MENDED = 0.87;

function rateIn(text: string): { value: string } | undefined {
  const value = /(\d{1,2}(?:[.,]\d)?) ?%/.exec(text)?.[1];
  return value ? { value: value.replace(',', '.') } : undefined;
}

/** VAT that no label names: the difference of two totals, where that amount or its rate stands on the page. */
export function impliedVat(paper: Paper, nets: Money[], vats: Money[], grosses: Money[]): Sum | undefined {
  const all = paper.lines.flatMap((line) => line.amounts.filter((hit) => !hit.percent));
  const amounts = all.filter((hit) => hit.exact);
  for (const gross of grosses.filter((one) => one.score >= LABELLED)) {
    for (const net of nets.filter((one) => one.score >= LABELLED)) {
      const difference = gross.amount.minus(net.amount);
      if (difference.lt(0)) continue;
      if (difference.eq(0)) {
        // Of a scan the VAT may not have been read, and the same amount was found twice.
        if (!paper.exact && !gross.clear) continue;
        // A subtotal that includes VAT is no net amount: then VAT is named somewhere, however.
        const none = vats.every((vat) => vat.amount.eq(0));
        if (!none) continue;
        return {
          net: raise(net),
          gross: raise(gross),
          vat: { value: '0.00', score: NO_VAT, cell: vats.find((vat) => vat.amount.eq(0))?.cell },
        };
      }
      const printed = amounts.find((hit) => new Big(hit.value).eq(difference));
      if (printed && difference.lte(net.amount.times(HIGHEST_RATE))) {
        // A VAT that is named clearly and differs: the paper may not add up, and a person says what is owed.
        const contested = vats.some((vat) => vat.clear && !vat.amount.eq(difference));
        const score = contested ? CONTESTED : PRINTED_DIFFERENCE;
        return { net: raise(net), gross: raise(gross), vat: { ...moneyOf(printed, 1), score } };
      }
    }
    const vat = vats.find((one) => one.score >= LABELLED && one.amount.lt(gross.amount) && one.amount.gt(0));
    const rest = vat && gross.amount.minus(vat.amount);
    const printed = rest && all.find((hit) => new Big(hit.value).eq(rest));
    if (vat && printed)
      return { net: { ...moneyOf(printed, 1), score: PRINTED_DIFFERENCE }, vat: raise(vat), gross: raise(gross) };
  }
  return undefined;
}

/** The highest rate of VAT in force is Hungary's 27 %: more than that is another line, not the VAT. */
const HIGHEST_RATE = '0.271';
const NO_VAT = 0.9;
const CONTESTED = 0.7;
const PRINTED_DIFFERENCE = 0.93;
