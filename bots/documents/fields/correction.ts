import { Big } from 'big.js';
import { cellOf } from '../page/layout.ts';
import type { AmountHit } from './money/amounts.ts';
import { SCORE, weigh, type Candidate } from './candidate.ts';
import { fold } from './fold.ts';
import type { Paper, PaperLine } from './paper.ts';

/** Heads of the two tables of a correction (art. 106j(2) of the Polish VAT Act): as it was, and as it should have been. */
const BEFORE = /^\W*(?:bylo\b|przed korekta|stan przed|pozycje? przed|before(?: correction)?\b|vor (?:der )?korrektur)/;
const AFTER =
  /^\W*(?:jest\b|powinno byc|winno byc|po korekcie|stan po|pozycje? po|after(?: correction)?\b|nach (?:der )?korrektur)/;
/** What the correction changes: the amounts that are booked. */
const CHANGE =
  /^\W*(?:korekta\b(?! faktury)|razem korekta|roznica|wartosc korekty|kwota korekty|zmiana\b|podsumowanie korekty|difference|change\b|differenz)/;

/** Computed from both tables and printed nowhere, or printed as well. */
const COMPUTED = 0.8;
const COMPUTED_AND_PRINTED = 0.93;

type Triple = { net: Big; vat: Big; gross: Big; line: PaperLine };
export type CorrectionTotals = { net: Candidate; vat: Candidate; gross: Candidate };

/** True for a correction that prints a table of before and one of after. */
function tablesOf(paper: Paper): { before: PaperLine[]; after: PaperLine[]; change: PaperLine[] } | undefined {
  const parts = { before: [] as PaperLine[], after: [] as PaperLine[], change: [] as PaperLine[] };
  let part: keyof typeof parts | undefined;
  for (const line of paper.lines) {
    const text = fold(line.text);
    if (BEFORE.test(text)) part = 'before';
    else if (AFTER.test(text)) part = 'after';
    else if (CHANGE.test(text)) part = 'change';
    if (part) parts[part].push(line);
  }
  return parts.before.length > 0 && parts.after.length > 0 ? parts : undefined;
}

/**
 * Totals of a correction that shows "before" and "after": their difference, as its own row prints it or as both tables
 * give it. Undefined for any other paper; `null` where the tables are there and their difference is not clear: neither
 * table's own totals are what is to be booked.
 */
export function correctionTotals(paper: Paper): CorrectionTotals | null | undefined {
  const tables = tablesOf(paper);
  if (!tables) return undefined;
  const printed = tables.change.map(tripleOf).find((one) => one !== undefined);
  if (printed) return toTotals(printed, SCORE.strongRight);
  const [before, after] = [lastTriple(tables.before), lastTriple(tables.after)];
  if (!before || !after) return null;
  const change: Triple = {
    net: after.net.minus(before.net),
    vat: after.vat.minus(before.vat),
    gross: after.gross.minus(before.gross),
    line: after.line,
  };
  const paid = paper.lines.some((line) => line.amounts.some((one) => new Big(one.value).abs().eq(change.gross.abs())));
  return toTotals(change, paid && !change.gross.eq(0) ? COMPUTED_AND_PRINTED : COMPUTED);
}

/** The totals of a table: its last row with net, VAT and gross; the sum stands under what it adds up. */
function lastTriple(lines: readonly PaperLine[]): Triple | undefined {
  return lines.map(tripleOf).findLast((one) => one !== undefined);
}

/** Three amounts of a line, one after another, of which the first two make the third. */
function tripleOf(line: PaperLine): Triple | undefined {
  const money = line.amounts.filter((one) => one.exact && !one.percent);
  for (let at = money.length - 3; at >= 0; at -= 1) {
    const [net, vat, gross] = money.slice(at, at + 3).map(({ value }: AmountHit) => new Big(value));
    if (net && vat && gross && net.plus(vat).eq(gross) && !gross.eq(0)) return { net, vat, gross, line };
  }
  return undefined;
}

function toTotals({ net, vat, gross, line }: Triple, score: number): CorrectionTotals {
  const cell = cellOf(line.words, line.page, line.index);
  const of = (amount: Big): Candidate => ({ value: amount.toFixed(2), score: weigh(score, cell), cell });
  return { net: of(net), vat: of(vat), gross: of(gross) };
}
