import { Big } from 'big.js';
import type { Candidate, Money } from '../candidate.ts';
import { labelled, type Paper, type PaperLine } from '../paper.ts';

/** A rate in per cent within a label: "VAT 23 %", "MwSt. 7,7 %". */
const RATE = /(\d{1,2}(?:[.,]\d{1,2})?) ?%/;

/**
 * "VAT 23 %: 12.00" and "VAT 8 %: 3.00": the VAT of such a paper is their sum, and no one of them. Undefined where
 * fewer than two rates have rows of their own. The sum is as sure as the least sure of its parts.
 */
export function sumOfRates(paper: Paper, vats: readonly Money[]): Money | undefined {
  const byRate = new Map<string, Money>();
  for (const line of new Set(labelled(paper, 'vat').map((one) => one.line))) {
    const rate = RATE.exec(line.text)?.[1]?.replace(',', '.');
    const part = rate !== undefined && partOf(line, vats);
    if (!part) continue;
    if (byRate.has(rate)) return undefined;
    byRate.set(rate, part);
  }
  const parts = [...byRate.values()];
  if (parts.length < 2) return undefined;
  const amount = parts.reduce((sum, part) => sum.plus(part.amount), new Big(0));
  const score = Math.min(...parts.map((part) => part.score));
  const sure = parts.every((part) => part.sure === true);
  return { value: amount.toFixed(2), amount, score, cell: undefined, sure, clear: sure };
}

/** The one amount of a row; a row of several is a row of a table. */
function partOf(line: PaperLine, vats: readonly Money[]): Money | undefined {
  const amounts = line.amounts.filter((hit) => hit.exact && !hit.percent);
  const [only] = amounts;
  return amounts.length === 1
    ? vats.find(
        (vat) =>
          vat.cell &&
          only &&
          vat.cell.text === only.cell.text &&
          vat.cell.line === only.cell.line &&
          vat.cell.page === only.cell.page,
      )
    : undefined;
}

/**
 * True where other rows of net, VAT and gross stand on the paper that do not add up to this total: it may be the row of
 * one rate, and the row that adds them was not read. Rows count twice where lines and rates both have them.
 */
export function isOneOfSeveral(
  gross: Candidate | undefined,
  rows: readonly { gross: Money; isTotal?: boolean }[],
): boolean {
  if (!gross) return false;
  const total = new Big(gross.value).abs();
  // A row that calls itself the total, over or under the rows of its rates.
  if (rows.some((row) => row.isTotal && row.gross.amount.abs().eq(total))) return false;
  const others = rows.map((row) => row.gross.amount.abs()).filter((amount) => !amount.eq(total));
  const sum = others.reduce((all, amount) => all.plus(amount), new Big(0));
  const slack = new Big('0.02').times(others.length);
  return others.length > 0 && [total, total.times(2)].every((one) => one.minus(sum).abs().gt(slack));
}
