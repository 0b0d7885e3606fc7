import { Big } from 'big.js';
import type { Line } from '../../page/layout.ts';
import { cellOf, widestBlank, type Cell } from '../../page/layout.ts';
import type { Word } from '../../page/words.ts';

/** An amount on a page. `exact` says that it was printed with two decimals, as money is. */
export type AmountHit = {
  value: string;
  cell: Cell;
  exact: boolean;
  percent: boolean;
  confidence: number;
  from: number;
  to: number;
};

export const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  zł: 'PLN',
  zl: 'PLN',
  kč: 'CZK',
  rm: 'MYR',
};
export const CURRENCY_CODES =
  'PLN|EUR|USD|GBP|CHF|CZK|SEK|NOK|DKK|HUF|RON|BGN|UAH|TRY|CAD|AUD|NZD|JPY|CNY|MYR|SGD|INR|ZAR|BRL|MXN';

/** Blanks inside a number are narrow; a wider gap parts two columns. Share of the text's height. */
const GROUP_GAP = 0.75;
const CURRENCY = new RegExp(
  `^(?:${CURRENCY_CODES}|RM|US\\$|[€$£]|zł|zl)|(?:${CURRENCY_CODES}|[€$£]|zł|zl|Kč)\\.?$`,
  'gi',
);

/** Amounts of a line from left to right: "6 882,48", "1.234,56", "$1,234.50", "12,50-", "(3.00)". */
export function amountsOf(line: Line): AmountHit[] {
  const words = line.cells.flatMap((cell) => cell.words);
  const hits: AmountHit[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const run = numberRun(words, from, line.pitch);
    if (!run) continue;
    const value = parseAmount(run.text);
    if (value === undefined) continue;
    const used = words.slice(from, run.to);
    const next = words[run.to]?.text ?? '';
    hits.push({
      value,
      cell: cellOf(used, line.page, line.index),
      exact: /[.,]\d{2}\D*$/.test(run.text),
      percent: run.text.endsWith('%') || next === '%' || next.startsWith('%'),
      confidence: Math.min(...used.map((word) => word.confidence)),
      from,
      to: run.to,
    });
    from = run.to - 1;
  }
  return hits;
}

/** A number so far, and a group that may go on with it. */
const GROUPS = /^[-+(]?\d{1,3}(?: \d{3})*$/;
const NEXT_GROUP = /^\d{3}(?:[.,]\d{1,2})?[-)]?$/;

/** The longest run of words from `from` that is one number with blanks between its groups of three. */
function numberRun(
  words: readonly Word[],
  from: number,
  pitch: number | undefined,
): { text: string; to: number } | undefined {
  let last = words[from];
  let text = last ? bare(last.text) : '';
  if (!last || !/^[-+(]?\d[\d.,'’]*[-)%]?$/.test(text)) return undefined;
  let to = from + 1;
  for (let word = words[to]; word && GROUPS.test(text); word = words[to]) {
    const piece = bare(word.text);
    const narrow = word.x - (last.x + last.width) < widestBlank(GROUP_GAP, [word.height, last.height], pitch);
    if (!narrow || !NEXT_GROUP.test(piece)) break;
    text += ` ${piece}`;
    last = word;
    to += 1;
  }
  return { text, to };
}

function bare(text: string): string {
  return text
    .replace(/^[:=*~]+|[*;:|]+$/g, '')
    .replaceAll(CURRENCY, '')
    .replaceAll(CURRENCY, '');
}

/**
 * A printed number as a decimal string; undefined where it is none. The last of "." and "," parts the decimals unless
 * exactly three digits follow it and it could part thousands.
 */
export function parseAmount(printed: string): string | undefined {
  const negative = /^\(.*\)$/.test(printed) || /^-|-$/.test(printed);
  const digits = printed.replaceAll(/[\s'’()%+-]/g, '');
  if (!/^\d[\d.,]*$/.test(digits) || digits.length > 18) return undefined;
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const sign = negative ? '-' : '';
  if (at < 0) return sign + String(BigInt(digits));
  const mark = digits.charAt(at);
  const tail = digits.slice(at + 1);
  const many = digits.indexOf(mark) !== at;
  const thousands =
    tail.length === 3 && (many || !/[.,]/.test(digits.slice(0, at))) && /^[1-9]\d{0,2}(?:[.,]|$)/.test(digits);
  if (many && !thousands && tail.length !== 2) return undefined;
  const whole = (thousands ? digits : digits.slice(0, at)).replaceAll(/[.,]/g, '');
  if (whole === '' || tail.length > 8) return undefined;
  const text = thousands ? whole : `${whole}.${tail || '0'}`;
  return sign + (tail.length <= 2 || thousands ? new Big(text).toFixed(2) : new Big(text).toFixed());
}
