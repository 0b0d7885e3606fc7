import { Big } from 'big.js';
import type { InvoiceLine } from '../../../../core/model/invoice.ts';
import type { Cell } from '../../page/layout.ts';
import { weigh } from '../candidate.ts';
import type { Paper } from '../paper.ts';
import { boxOf } from './rows.ts';
import { itemsOf, type Item } from './table.ts';
import type { ColumnKind } from './headings.ts';

/** A line of an invoice as it was read from its table. */
export type LineReading = { line: InvoiceLine; cell: Cell | undefined; confidence: number; repaired: boolean };

export type LinesReading = {
  lines: LineReading[];
  /** Sum of the lines' amounts; undefined where one of them has none. */
  sum: string | undefined;
  /** What the totals say of the sum: it is their net amount, their gross amount, or neither. */
  agrees: 'net' | 'gross' | undefined;
};

type Total = { value: string; cell: Cell | undefined };
type Totals = { net?: Total | undefined; gross?: Total | undefined };

/** Confidence of a line by what speaks for it. */
const SUMMED = 0.97;
const PROVEN = 0.95;
const UNPROVEN = 0.8;
const CONTRADICTED = 0.6;
/** The table adds up, but this line does not multiply out: a discount that no column names. */
const SUMMED_ONLY = 0.85;
/** A decimal mark was put back: right by arithmetic, but not what the recogniser saw. */
const MENDED = 0.8;

/** A sum of rounded lines may be off by a cent for every line, at most by this. */
const MOST_ROUNDING = new Big('0.10');

/**
 * The lines of an invoice from the table on its pages. Nothing is mended: a line that does not multiply out and a table
 * that does not add up keep what is printed, and are less sure.
 */
export function readLines(paper: Paper, totals: Totals): LinesReading {
  const items = itemsOf(paper);
  const names = namesOf(items);
  const read = items.map((item, index) => ({ item, name: names[index] ?? '', ...numbersOf(item, paper.exact) }));
  const amounts = read.map(({ net, amount, gross }) => net ?? amount ?? gross);
  const byGross = read.length > 0 && read.every(({ net, amount, gross }) => !net && !amount && gross);
  const sum = amounts.every((one) => one !== undefined)
    ? amounts.reduce((total, one) => total.plus(one), new Big(0)).toFixed(2)
    : undefined;
  const agrees = items.length > 0 && sum !== undefined ? agreement(sum, totals, items) : undefined;
  const gross = agrees === 'gross' || (byGross && agrees !== 'net');
  const lines = read.map((one) => lineOf(one, gross, agrees !== undefined));
  return { lines, sum, agrees };
}

function agreement(sum: string, totals: Totals, items: readonly Item[]): 'net' | 'gross' | undefined {
  const cents = new Big('0.01').times(items.length);
  const tolerance = cents.gt(MOST_ROUNDING) ? MOST_ROUNDING : cents;
  const near = (total: Total | undefined) =>
    total !== undefined && !isOwn(total, items) && new Big(sum).minus(total.value).abs().lte(tolerance);
  return near(totals.net) ? 'net' : near(totals.gross) ? 'gross' : undefined;
}

/** A "total" that is the amount of a line itself agrees with nothing. */
function isOwn({ cell }: Total, items: readonly Item[]): boolean {
  return items.some(({ lines }) => lines.some((line) => line.page === cell?.page && line.index === cell.line));
}

type Numbers = {
  quantity: string | undefined;
  unitPrice: string | undefined;
  net: string | undefined;
  gross: string | undefined;
  amount: string | undefined;
  /** True, false, or undefined where there is nothing to multiply. */
  multiplies: boolean | undefined;
  /** A decimal mark that the recogniser lost was put back by the product. */
  repaired: boolean;
};

function numbersOf(item: Item, exact: boolean): Numbers {
  const value = (kind: ColumnKind): string | undefined => {
    const hit = item.values.get(kind);
    return hit && (hit.negative && !hit.value.startsWith('-') ? `-${hit.value}` : hit.value);
  };
  const money = (kind: ColumnKind) => {
    const text = value(kind);
    return text === undefined ? undefined : new Big(text).toFixed(2);
  };
  const [net, gross, amount] = [money('net'), money('gross'), money('amount')];
  const price = value('unitPrice');
  const worth = net ?? amount ?? (price === undefined ? undefined : gross);
  const product = multiply(item, value('quantity'), price, worth, exact);
  return { ...product, net, gross, amount };
}

type Product = Pick<Numbers, 'quantity' | 'unitPrice' | 'multiplies' | 'repaired'>;

/**
 * Quantity and unit price with their decimals. "1,000" is a thousand or one with three decimals, and nothing but the
 * product tells: the way in which it makes the line's amount is taken, as printed where neither does.
 */
function multiply(
  item: Item,
  quantity: string | undefined,
  price: string | undefined,
  worth: string | undefined,
  exact: boolean,
): Product {
  const plain = (text: string | undefined) => (text === undefined ? undefined : new Big(text).toFixed());
  if (quantity === undefined || price === undefined || worth === undefined)
    return { quantity: plain(quantity), unitPrice: plain(price), multiplies: undefined, repaired: false };
  for (const one of waysToRead(item, 'quantity', quantity, exact)) {
    for (const each of waysToRead(item, 'unitPrice', price, exact)) {
      if (!isProduct(one.value, each.value, worth)) continue;
      const repaired = one.repaired || each.repaired;
      return { quantity: plain(one.value), unitPrice: plain(each.value), multiplies: true, repaired };
    }
  }
  const below = new Big(worth).abs().lt(new Big(quantity).times(price).abs());
  const reduced = item.values.has('discount') && below;
  return {
    quantity: plain(quantity),
    unitPrice: plain(price),
    multiplies: reduced ? undefined : false,
    repaired: false,
  };
}

/** The values that a printed number may have: as it stands, with three decimals, with a mark that a recogniser lost. */
function waysToRead(
  item: Item,
  kind: 'quantity' | 'unitPrice',
  value: string,
  exact: boolean,
): { value: string; repaired: boolean }[] {
  const printed = item.values.get(kind)?.cell.text ?? '';
  const ways = [{ value, repaired: false }];
  const divide = (by: number, repaired: boolean) => ways.push({ value: new Big(value).div(by).toFixed(), repaired });
  if (/^\D*\d{1,3}[.,]\d{3}\D*$/.test(printed)) divide(1000, false);
  const markless = !exact && /^\D*\d{2,7}\D*$/.test(printed);
  if (markless && kind === 'quantity') divide(10, true);
  if (markless) divide(100, true);
  return ways;
}

/** Unit prices are printed rounded to cents: half a cent for each piece is no contradiction. */
function isProduct(quantity: string, price: string, worth: string): boolean {
  const difference = new Big(quantity).times(price).minus(worth).abs();
  return (
    difference.lte(new Big(quantity).abs().times('0.005').plus('0.005')) &&
    difference.lte(new Big(worth).abs().times('0.005').plus('0.01'))
  );
}

function lineOf(read: Numbers & { item: Item; name: string }, byGross: boolean, agrees: boolean): LineReading {
  const { item, name, repaired, quantity, unitPrice, multiplies } = read;
  const amount = read.net ?? read.amount;
  const gross = read.gross ?? (byGross ? amount : undefined);
  const net = byGross ? undefined : amount;
  const cell = boxOf(item.lines);
  const score = repaired ? MENDED : scoreOf(multiplies, agrees);
  const line: InvoiceLine = {
    ...(name && { name }),
    ...(quantity !== undefined && { quantity }),
    ...(item.unit && { unit: item.unit }),
    ...(unitPrice !== undefined && !byGross && { unitPrice }),
    ...(net !== undefined && { net }),
    ...(item.rate && { vatRate: item.rate }),
    ...(gross !== undefined && { gross }),
  };
  return { line, cell, confidence: cell ? weigh(score, cell) : score, repaired };
}

function scoreOf(multiplies: boolean | undefined, agrees: boolean): number {
  if (multiplies === false) return agrees ? SUMMED_ONLY : CONTRADICTED;
  if (agrees) return SUMMED;
  return multiplies ? PROVEN : UNPROVEN;
}

/** Descriptions without what rules of a table and recognisers leave around them, and without numbers of lines. */
function namesOf(items: readonly Item[]): string[] {
  const ordinal = (name: string, index: number) =>
    new RegExp(`^\\W*${index + 1}(?:\\s*[.|)]\\s*|\\s+)`).exec(name)?.[0] ?? '';
  const numbered = items.every(({ name }, index) => {
    const prefix = ordinal(name, index);
    return prefix !== '' && (items.length > 1 || /[.|)]/.test(prefix));
  });
  return items.map(({ name }, index) => {
    const bare = numbered ? name.slice(ordinal(name, index).length) : name;
    return bare
      .split(' ')
      .filter((word) => !/^[|_¦]+$/.test(word))
      .join(' ')
      .replace(/^[\s|:;,.—–_-]+(?=[A-Za-zÀ-ž0-9[(*])|[\s|:;—–_]+$/g, '');
  });
}
