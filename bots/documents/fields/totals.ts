import { Big } from 'big.js';
import type { Cell } from '../page/layout.ts';
import type { AmountHit } from './amounts.ts';
import { scoreOf, SCORE, type Candidate, type Money } from './candidate.ts';
import { fold } from './fold.ts';
import type { LabelField } from './labels.ts';
import { labelled, placesOf, type Paper, type PaperLine } from './paper.ts';
import { isOneOfSeveral, sumOfRates } from './vat-sum.ts';

export type TotalsReading = { net?: Candidate; vat?: Candidate; gross?: Candidate; agreed: boolean };

type Sum = Omit<TotalsReading, 'agreed'>;

/** A rate, a net amount, its VAT and the gross amount on one line of a summary. */
export type RateRow = { rate: string; net: string; vat: string; gross?: string; line: PaperLine };

/** Rounding of one rate's VAT may move the sum by a cent. */
const CENT = new Big('0.011');
/** Candidates of one kind that are combined; the best ones come first. */
const MAX_CANDIDATES = 24;

/** What agreement with arithmetic adds, and what is left when labelled totals contradict each other. */
const AGREED = 0.97;
const CONFLICT_EXACT = 0.85;
const CONFLICT_OCR = 0.5;
/** Three totals right of labels of their own, each read clearly: the paper itself does not add up. Needs a second pass. */
const CONFLICT_LEGIBLE = 0.88;

/** Net, VAT and gross: the labelled amounts that add up, the best labelled ones where none do. */
export function readTotals(paper: Paper): TotalsReading {
  const rows = paper.lines.flatMap(triplesOf);
  const nets = rank([...amountsFor(paper, 'net'), ...rows.map((row) => row.net)]);
  const vats = withSumOfRates(paper, rank([...amountsFor(paper, 'vat'), ...rows.map((row) => row.vat)]));
  const grosses = rank([
    ...amountsFor(paper, 'gross'),
    ...amountsFor(paper, 'payable'),
    ...rows.map((row) => row.gross),
  ]);
  const severalRates = sumOfRates(paper, vats) !== undefined;
  const sums = [
    bestSum(nets, vats, grosses),
    printedSum(paper, nets, vats),
    ...(severalRates ? [] : [rateSum(paper)]),
    impliedVat(paper, nets, vats, grosses),
  ];
  const agreed = sums.find((one) => one && !contradicts(one, nets, vats, grosses));
  if (agreed) return { ...(isOneOfSeveral(agreed.gross, rows) ? lessSure(agreed) : agreed), agreed: true };
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

const moneyOf = (hit: AmountHit, score: number): Money => ({
  value: new Big(hit.value).toFixed(2),
  amount: new Big(hit.value),
  score: score * hit.confidence,
  cell: hit.cell,
});

/** Amounts beside or below the labels of a total. */
function amountsFor(paper: Paper, field: LabelField): Money[] {
  return labelled(paper, field).flatMap(({ label, line }) => {
    for (const place of placesOf(label, line, paper)) {
      const inside = place.line.amounts.filter((hit) => !hit.percent && overlaps(hit.cell, place.cell));
      const exact = inside.filter((hit) => hit.exact);
      const usable =
        exact.length > 0 ? exact : inside.filter((hit) => hit.cell.text.length < 12 && place.relation === 'right');
      if (usable.length === 0) continue;
      const base = label.strong || place.relation === 'right' ? scoreOf(label.strong, place.relation) : COLUMN_HEAD;
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

/** "Total" over a column names every amount in it. */
const COLUMN_HEAD = 0.6;
const WHOLE_NUMBER = 0.7;
const NOT_LAST = 0.85;

function overlaps(inner: Cell, outer: Cell): boolean {
  return inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1;
}

/** Rows on which a net amount, its VAT and their sum stand side by side, in the order of any column heads. */
function triplesOf(line: PaperLine): { net: Money; vat: Money; gross: Money }[] {
  const hits = line.amounts.filter((hit) => hit.exact && !hit.percent);
  const isTotal = /\b(?:razem|suma|ogolem|total|totaal|totale|gesamt|summe)\b/.test(fold(line.text));
  const score = isTotal ? SCORE.strongRight : SCORE.weakBelow;
  return hits.flatMap((net, i) =>
    hits.slice(i + 1).flatMap((vat, j) => {
      const gross = hits.slice(i + j + 2).find((one) => isSum(net.value, vat.value, one.value));
      const plausible = gross && new Big(vat.value).abs().lte(new Big(net.value).abs());
      return plausible ? [{ net: moneyOf(net, score), vat: moneyOf(vat, score), gross: moneyOf(gross, score) }] : [];
    }),
  );
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

function raise(one: Money): Candidate {
  return { ...one, score: Math.max(one.score, AGREED) };
}

/** A gross total that no label names: the sum of labelled net and VAT, where that amount stands on the page. */
function printedSum(paper: Paper, nets: Money[], vats: Money[]): Sum | undefined {
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
function rateSum(paper: Paper): Sum | undefined {
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
    return { net: { value: net, score: gross.score, cell: undefined }, vat: vatMoney, gross };
  }
  return undefined;
}

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
function impliedVat(paper: Paper, nets: Money[], vats: Money[], grosses: Money[]): Sum | undefined {
  const all = paper.lines.flatMap((line) => line.amounts.filter((hit) => !hit.percent));
  const amounts = all.filter((hit) => hit.exact);
  for (const gross of grosses.filter((one) => one.score >= LABELLED)) {
    for (const net of nets.filter((one) => one.score >= LABELLED)) {
      const difference = gross.amount.minus(net.amount);
      if (difference.lt(0)) continue;
      if (difference.eq(0)) {
        const none = vats.every((vat) => vat.amount.eq(0) || vat.score < LABELLED);
        if (!none) continue;
        return {
          net: raise(net),
          gross: raise(gross),
          vat: { value: '0.00', score: NO_VAT, cell: vats.find((vat) => vat.amount.eq(0))?.cell },
        };
      }
      const printed = amounts.find((hit) => new Big(hit.value).eq(difference));
      if (printed && difference.lt(net.amount)) {
        return { net: raise(net), gross: raise(gross), vat: { ...moneyOf(printed, 1), score: PRINTED_DIFFERENCE } };
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

const LABELLED = 0.6;
const NO_VAT = 0.9;
const PRINTED_DIFFERENCE = 0.93;
const PART_OF_SUM = 0.6;
/** Net or VAT without the other two totals to confirm it: one rate's amount looks the same. */
const UNCONFIRMED = 0.7;
