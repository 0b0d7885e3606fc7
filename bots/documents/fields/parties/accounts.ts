import { CURRENCY_CODES } from '../money/amounts.ts';
import { fold } from '../fold.ts';
import type { Paper } from '../paper.ts';
import type { IdHit } from './ids.ts';

const CODE = new RegExp(`(?<![A-Za-z])(${CURRENCY_CODES})(?![A-Za-z])`, 'g');
/** Folded words for the money of an account: "konto w euro", "rachunek zlotowy". */
const WORDS: readonly (readonly [name: RegExp, currency: string])[] = [
  [/\beuro/, 'EUR'],
  [/\bzlot/, 'PLN'],
  [/\b(?:dolar|dollar)/, 'USD'],
  [/\b(?:funt|pound|sterling)/, 'GBP'],
  [/\b(?:koruna|koruny|czech crown)/, 'CZK'],
  [/\b(?:frank|franken|swiss franc)/, 'CHF'],
  [/(?:€)/, 'EUR'],
  [/\bzl\b/, 'PLN'],
  [/\$/, 'USD'],
  [/£/, 'GBP'],
];
/** "Rachunek walutowy", "foreign currency account": some money, not told which. */
const FOREIGN = /\b(?:walutow|dewizow|foreign currency|fremdwahrung|devises)/;

/** What is left of an account in another money than the invoice's, and of one of several that nothing tells apart. */
const OTHER_MONEY = 0.4;
const ONE_OF_SEVERAL = 0.8;

/**
 * Accounts with the money that is written beside them weighed against that of the invoice: a seller prints one for each
 * currency. Only the account of the invoice's own currency is sure; where none is, a person chooses.
 */
export function accountsIn(paper: Paper, hits: readonly IdHit[], currency: string | undefined): IdHit[] {
  const known = hits.map((hit) => ({ hit, money: moneyOf(hit, hits, paper) }));
  const distinct = new Set(hits.filter((hit) => hit.valid).map((hit) => hit.value)).size;
  const own = new Set(
    known.filter(({ money }) => currency !== undefined && money === currency).map(({ hit }) => hit.value),
  );
  const several = distinct > 1 && own.size !== 1;
  return known.map(({ hit, money }) => {
    if (own.has(hit.value)) return several ? capped(hit, ONE_OF_SEVERAL) : hit;
    if (own.size > 0 || money !== undefined)
      return capped(hit, own.size > 0 || distinct > 1 ? OTHER_MONEY : ONE_OF_SEVERAL);
    return several ? capped(hit, ONE_OF_SEVERAL) : hit;
  });
}

const capped = (hit: IdHit, score: number): IdHit => ({ ...hit, score: Math.min(hit.score, score) });

/** The money that is named beside an account: before it on its row, behind it, or in a head over it. */
function moneyOf(hit: IdHit, hits: readonly IdHit[], paper: Paper): string | undefined {
  const { line, cell } = hit;
  if (!cell) return undefined;
  const from = line.words.findIndex((word) => cell.words.includes(word));
  const to = line.words.findLastIndex((word) => cell.words.includes(word)) + 1;
  const others = hits.filter((one) => one !== hit && one.line === line && one.cell);
  const places = others.flatMap((one) =>
    line.words.flatMap((word, at) => (one.cell?.words.includes(word) ? [at] : [])),
  );
  const start = Math.max(0, ...places.filter((at) => at < from).map((at) => at + 1));
  const end = Math.min(line.words.length, ...places.filter((at) => at >= to));
  const text = (words: readonly { text: string }[]): string => words.map((word) => word.text).join(' ');
  const beside =
    moneyIn(text(line.words.slice(start, from)), 'last') ?? moneyIn(text(line.words.slice(to, end)), 'first');
  if (beside !== undefined) return beside;
  const above = paper.lines[line.at - 1];
  const isHead =
    above?.page === line.page &&
    line.y - above.y < HEAD_DISTANCE * line.height &&
    above.amounts.length === 0 &&
    !hits.some((one) => one.line === above);
  const over = isHead
    ? above.cells.filter((one) => one.x < cell.x + cell.width && one.x + one.width > (line.words[start] ?? cell).x)
    : [];
  return moneyIn(over.map((one) => one.text).join(' '), 'last');
}

/** "Konto EUR" stands over its account within this many line heights. */
const HEAD_DISTANCE = 2.2;

function moneyIn(text: string, which: 'first' | 'last'): string | undefined {
  const codes = [...text.matchAll(CODE)].map((match) => match[1]);
  const code = which === 'first' ? codes[0] : codes.at(-1);
  if (code !== undefined) return code;
  const folded = fold(text);
  const word = WORDS.find(([name]) => name.test(folded))?.[1];
  return word ?? (FOREIGN.test(folded) ? 'other' : undefined);
}
