import { Big } from 'big.js';
import type { Cell } from '../../page/layout.ts';
import type { AmountHit } from './amounts.ts';
import { scoreOf, SCORE, type Candidate, type Money } from '../candidate.ts';
import { fold } from '../fold.ts';
import { impliedVat, printedSum, rateSum, rateTriple } from './implied-totals.ts';
import type { LabelField } from '../labels.ts';
import type { Label } from '../match.ts';
import type { Word } from '../../page/words.ts';
import { CENT, LABELLED, moneyOf, raise, type Sum } from './money.ts';
import { labelled, placesOf, type Paper, type PaperLine } from '../paper.ts';
import { isOneOfSeveral, sumOfRates } from './vat-sum.ts';
import { isOfOneRate, rowsOfRates } from './vat-table.ts';

export type TotalsReading = Sum & { agreed: boolean };

/** A rate, a net amount, its VAT and the gross amount on one line of a summary. */
export type RateRow = { rate: string; net: string; vat: string; gross?: string; line: PaperLine };

/** Candidates of one kind that are combined; the best ones come first. */
const MAX_CANDIDATES = 24;

/** What is left when labelled totals contradict each other. */
const CONFLICT_EXACT = 0.85;
const CONFLICT_OCR = 0.5;
/** Three totals right of labels of their own, each read clearly: the paper itself does not add up. Needs a second pass. */
const CONFLICT_LEGIBLE = 0.88;

/** Net, VAT and gross: the labelled amounts that add up, the best labelled ones where none do. */
export function readTotals(paper: Paper): TotalsReading {
  const ends = [...amountsFor(paper, 'gross'), ...amountsFor(paper, 'payable')];
  const rows = paper.lines.flatMap((line) => [...triplesOf(line, paper), ...pairOf(line, ends)]);
  const nets = rank([...amountsFor(paper, 'net'), ...rows.map((row) => row.net)]);
  const vats = withSumOfRates(paper, rank([...amountsFor(paper, 'vat'), ...rows.map((row) => row.vat)]));
  const grosses = rank([...ends, ...rows.map((row) => row.gross)]);
  const severalRates = sumOfRates(paper, vats) !== undefined;
  const sums = [
    bestSum(nets, vats, grosses),
    printedSum(paper, nets, vats),
    ...(severalRates ? [] : [rateSum(paper)]),
    impliedVat(paper, nets, vats, grosses),
    rateTriple(paper, grosses),
  ];
  const sound = sums.filter((one): one is Sum => one !== undefined && !contradicts(one, nets, vats, grosses));
  const agreed = sound.find((one) => isOfRates(one, paper)) ?? sound[0];
  if (agreed) {
    const partial =
      !isProven(agreed, nets, vats, paper) ||
      isOneOfSeveral(agreed.gross, rows) ||
      isLessThanNamed(agreed.gross, ends) ||
      (!paper.exact && isUnnamed(agreed.gross, ends, rows, paper));
    return { ...(partial ? lessSure(agreed) : agreed), agreed: true };
  }
  if (!agreed && isWithoutVat(paper, vats) && grosses[0] && nets.length === 0) return withoutVat(grosses[0]);
  const legible = [nets[0], vats[0], grosses[0]].every((one) => one?.clear);
  const penalty = paper.exact ? CONFLICT_EXACT : legible ? CONFLICT_LEGIBLE : CONFLICT_OCR;
  const conflict = nets.length > 0 && vats.length > 0;
  // Three well labelled totals that do not add up: any of them may be the wrong one.
  const open = nets.some((one) => one.sure) && vats.some((one) => one.sure);
  const weaken = (one: Money | undefined) =>
    one && { ...one, score: conflict && !(one.sure && !open) ? one.score * penalty : one.score };
  const whole = nets[0] !== undefined && vats[0] !== undefined && grosses[0] !== undefined;
  const alone = (one: Candidate | undefined) =>
    one && !whole ? { ...one, score: Math.min(one.score, UNCONFIRMED) } : one;
  return { net: alone(weaken(nets[0])), vat: alone(weaken(vats[0])), gross: weaken(grosses[0]), agreed: false };
}

/** True where VAT is that of a rate in force, or of rows of rates that the page shows: only then is a sum a proof. */
function isOfRates({ net, vat }: Sum, paper: Paper): boolean {
  if (!net || !vat) return false;
  return (
    isOfOneRate(net.value, vat.value) || rowsOfRates(paper.lines, { net: net.value, vat: vat.value }) !== undefined
  );
}

/**
 * Three amounts add up by chance, too: exempt sales and the gross amount of taxed ones make the total of both. Without
 * rates behind them they are a proof only where net and VAT were each named by a label.
 */
function isProven(sum: Sum, nets: readonly Money[], vats: readonly Money[], paper: Paper): boolean {
  if (!sum.net || !sum.vat || isOfRates(sum, paper)) return true;
  const named = (one: Candidate | undefined, among: readonly Money[]) =>
    among.some((money) => money.value === one?.value && money.score >= LABELLED);
  return named(sum.net, nets) && named(sum.vat, vats);
}

/** "Razem | 10 618,40 | 200,28" over a total elsewhere that is their sum. */
function pairOf(line: PaperLine, ends: readonly Money[]): { net: Money; vat: Money; gross: Money; isTotal: boolean }[] {
  const [net, vat, ...more] = line.amounts.filter((hit) => !hit.percent && hit.exact);
  if (!net || !vat || more.length > 0 || !TOTAL_WORD.test(fold(line.text))) return [];
  if (new Big(vat.value).abs().gt(new Big(net.value).abs())) return [];
  const gross = ends.find((one) => one.score >= LABELLED && isSum(net.value, vat.value, one.value));
  if (!gross) return [];
  const score = SCORE.strongRight;
  return [{ net: moneyOf(net, score), vat: moneyOf(vat, score), gross, isTotal: true }];
}

/** True where no label names this total and one names a larger: the rest of what makes that up was not read. */
function isLessThanNamed(gross: Candidate | undefined, ends: readonly Money[]): boolean {
  const named = ends.filter((one) => one.score >= NAMED);
  if (!gross || named.some((one) => one.value === gross.value)) return false;
  return named.some((one) => one.amount.abs().gt(new Big(gross.value).abs()));
}

/** True where nothing but a row of its own says that this is the total: of a scan the other rows may not have been read. */
function isUnnamed(
  gross: Candidate | undefined,
  ends: readonly Money[],
  rows: readonly { gross: Money; isTotal: boolean }[],
  paper: Paper,
): boolean {
  if (!gross) return false;
  const named = [...ends, ...rows.filter((row) => row.isTotal).map((row) => row.gross)];
  if (named.some((one) => one.score >= LABELLED && one.value === gross.value)) return false;
  const printed = paper.lines.flatMap((line) => line.amounts).filter((hit) => hit.exact && !hit.percent);
  return printed.filter((hit) => new Big(hit.value).eq(gross.value)).length < 2;
}

/** Right of its label, and read clearly. */
const NAMED = 0.75;

function lessSure({ net, vat, gross }: Sum): Sum {
  const less = (one: Candidate | undefined) => one && { ...one, score: Math.min(one.score, UNCONFIRMED) };
  return { net: less(net), vat: less(vat), gross: less(gross) };
}

/** The sum of several rates goes before its parts, none of which is then the paper's VAT. */
function withSumOfRates(paper: Paper, vats: Money[]): Money[] {
  const sum = sumOfRates(paper, vats);
  if (!sum) return vats;
  return [sum, ...vats.map((vat) => ({ ...vat, score: vat.score * PART_OF_SUM, sure: false, clear: false }))];
}

/** A sum that leaves a well labelled total aside is a coincidence or the sum of one rate. */
function contradicts(sum: Sum, nets: Money[], vats: Money[], grosses: Money[]): boolean {
  const against = (one: Candidate | undefined, labelled: Money[]) => {
    const best = labelled.filter((money) => money.sure);
    return best.length > 0 && !best.some((money) => money.value === one?.value);
  };
  return against(sum.gross, grosses) || against(sum.vat, vats) || against(sum.net, nets);
}

/** Words that the recogniser is this sure of contradict a sum; less sure ones may be misread. */
const SURE_WORD = 0.8;

const WITHOUT_VAT =
  /\b(?:kleinunternehmer|§ ?19 (?:abs\. ?1 )?ustg|keine umsatzsteuer|reverse charge|odwrotne obciazenie|zwolnion[aey] z (?:podatku )?vat|tva non applicable|autoliquidation|vat exempt|exempt from vat|esente iva|exento de iva|isento de iva)\b/;

/** True where the paper says that no VAT is due, or names VAT only with zeros. */
function isWithoutVat(paper: Paper, vats: Money[]): boolean {
  const zeros = vats.length > 0 && vats.every((vat) => vat.amount.eq(0));
  return zeros || (vats.length === 0 && WITHOUT_VAT.test(fold(paper.text)));
}

function withoutVat(gross: Money): TotalsReading {
  const score = Math.min(gross.score, NO_VAT);
  return { net: { ...gross, score }, vat: { value: '0.00', score, cell: undefined }, gross, agreed: false };
}

function rank(found: readonly Money[]): Money[] {
  return [...found].sort((a, b) => b.score - a.score).slice(0, MAX_CANDIDATES);
}

/** Amounts beside or below the labels of a total. */
function amountsFor(paper: Paper, field: LabelField): Money[] {
  return labelled(paper, field).flatMap(({ label, line }) => {
    // "Nettobetrag (zzgl. 19 % MwSt.)": the amount is the net one.
    if (field === 'vat' && isAside(label, line)) return [];
    for (const place of placesOf(label, line, paper)) {
      const inside = place.line.amounts.filter((hit) => !hit.percent && overlaps(hit.cell, place.cell));
      const exact = inside.filter((hit) => hit.exact);
      const usable =
        exact.length > 0 ? exact : inside.filter((hit) => hit.cell.text.length < 12 && place.relation === 'right');
      if (usable.length === 0) continue;
      const heads = place.relation === 'below' && (!label.strong || isHeading(line));
      const base = heads ? COLUMN_HEAD : scoreOf(label.strong, place.relation);
      const score = base * (exact.length > 0 ? 1 : WHOLE_NUMBER);
      // On a row of several amounts the last is the total of the label; the others are candidates too.
      const alone = label.strong && place.relation === 'right' && exact.length === 1;
      return usable.map((hit, index) => ({
        ...moneyOf(hit, index === usable.length - 1 ? score : score * NOT_LAST),
        sure: alone && field !== 'payable' && hit.confidence >= SURE_WORD,
        clear: alone && hit.confidence >= SURE_WORD,
      }));
    }
    return [];
  });
}

/** True for VAT that a label of the net amount only mentions, in the same cell. */
function isAside(label: Label, line: PaperLine): boolean {
  const cell = line.cells.find((one) => one.words.includes(line.words[label.from] as Word));
  const before = line.labels.find((one) => one.field === 'net' && one.strong && one.to <= label.from);
  const inside = before && cell?.words.includes(line.words[before.from] as Word);
  const between = line.words.slice(before?.to, label.to).map((word) => word.text);
  return inside === true && /[(]|zzgl|plus|excl|exkl|ohne|bez|hors|sans|zonder/i.test(between.join(' '));
}

/** True for a row of heads of a table. */
function isHeading(line: PaperLine): boolean {
  return line.cells.length >= HEADS && line.amounts.length === 0;
}

const HEADS = 4;
/** "Total" over a column names every amount in it. */
const COLUMN_HEAD = 0.6;
const WHOLE_NUMBER = 0.7;
const NOT_LAST = 0.85;

function overlaps(inner: Cell, outer: Cell): boolean {
  return inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1;
}

const TOTAL_WORD = /\b(?:razem|suma|ogolem|total|totaal|totale|gesamt|summe|celkem|spolu)\b/;

/** Rows on which a net amount, its VAT and their sum stand side by side, in the order of any column heads. */
function triplesOf(line: PaperLine, paper: Paper): { net: Money; vat: Money; gross: Money; isTotal: boolean }[] {
  const hits = line.amounts.filter((hit) => !hit.percent).flatMap((hit) => pointed(hit, paper) ?? []);
  const isTotal = TOTAL_WORD.test(fold(line.text));
  const score = isTotal ? SCORE.strongRight : SCORE.weakBelow;
  return hits.flatMap((net, i) =>
    hits.slice(i + 1).flatMap((vat, j) => {
      const gross = hits.slice(i + j + 2).find((one) => isSum(net.value, vat.value, one.value));
      const plausible = gross && new Big(vat.value).abs().lte(new Big(net.value).abs());
      return plausible
        ? [{ net: moneyOf(net, score), vat: moneyOf(vat, score), gross: moneyOf(gross, score), isTotal }]
        : [];
    }),
  );
}

/** An amount as it is, or with the point that a recogniser lost: three numbers that add up to the cent prove where it stood. */
function pointed(hit: AmountHit, paper: Paper): (AmountHit & { repaired?: boolean }) | undefined {
  if (hit.exact) return hit;
  if (paper.exact || !/^-?\d{4,}$/.test(hit.value)) return undefined;
  return { ...hit, value: new Big(hit.value).div(100).toFixed(2), repaired: true };
}

function isSum(net: string, vat: string, gross: string): boolean {
  return new Big(net).plus(vat).minus(gross).abs().lt(CENT);
}

/** The combination of candidates that adds up and is best labelled; the largest of equally good ones. */
function bestSum(nets: Money[], vats: Money[], grosses: Money[]): Sum | undefined {
  let best: { net: Money; vat: Money; gross: Money; weight: number } | undefined;
  for (const gross of grosses) {
    for (const net of nets) {
      for (const vat of vats) {
        if (!net.amount.plus(vat.amount).minus(gross.amount).abs().lt(CENT)) continue;
        if (vat.amount.abs().gt(net.amount.abs()) || (gross.amount.eq(0) && vat.amount.eq(0))) continue;
        const weight = gross.score * 2 + net.score + vat.score;
        const larger = best && Math.abs(weight - best.weight) < TIE && gross.amount.abs().gt(best.gross.amount.abs());
        if (!best || weight > best.weight + TIE || larger) best = { net, vat, gross, weight };
      }
    }
  }
  return best && { net: raise(best.net), vat: raise(best.vat), gross: raise(best.gross) };
}

const TIE = 0.05;

const NO_VAT = 0.9;
const PART_OF_SUM = 0.6;
/** Net or VAT without the other two totals to confirm it: one rate's amount looks the same. */
const UNCONFIRMED = 0.7;
