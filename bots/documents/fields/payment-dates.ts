import type { Label } from './match.ts';
import { addDays, datesIn } from './dates.ts';
import { fold } from './fold.ts';
import { labelled, placesOf, wrapped, type Paper, type PaperLine, type Place } from './paper.ts';
import { SCORE, scoreOf, weigh, type Candidate } from './candidate.ts';
import { cellOf, type Cell } from '../page/layout.ts';
import type { Word } from '../page/words.ts';

/** Dates that stand beside or below labels of the field. */
export function datesFor(paper: Paper, field: Label['field']): Candidate[] {
  return labelled(paper, field).flatMap(({ label, line }) => {
    for (const place of placesOf(label, line, paper)) {
      const [hit] = datesIn(dateText(place, paper), paper.dateOrder);
      if (!hit) continue;
      const ambiguous = hit.ambiguous && !paper.orderKnown ? AMBIGUOUS_PENALTY : 0;
      const score =
        weigh(placeScore(label.strong, place), place.cell) -
        ambiguous -
        far(place.cell, label.strong || besideNumber(place.line), paper) +
        (besideNumber(line) ? BESIDE_NUMBER : 0);
      return [{ value: hit.iso, score, cell: place.cell }];
    }
    return [];
  });
}

/** A weak label in a row of heads over a row of values is a label all the same. */
const HEADED = 0.9;

function placeScore(strong: boolean, place: Place): number {
  return !strong && place.headed ? HEADED : scoreOf(strong, place.relation);
}

/** The text of a place; with the next row where a date goes on there: "27. September" over "2026". */
function dateText(place: Place, paper: Paper): string {
  const { text } = place.cell;
  if (datesIn(text, paper.dateOrder).length > 0 || !/\d/.test(text)) return text;
  const joined = wrapped(place, paper)
    .map((cell) => cell.text)
    .join(' ');
  const [hit] = datesIn(joined, paper.dateOrder);
  return hit && hit.index < text.length ? joined : text;
}

/** The date on the line of the invoice's number is the invoice's date: "Invoice no. 12 of 1 March". */
function besideNumber(line: PaperLine): boolean {
  return line.labels.some((label) => label.field === 'number' && label.strong);
}

const BESIDE_NUMBER = 0.05;

/** A weak label ("Date") far down the paper names some other date. */
function far(cell: Cell, strong: boolean, paper: Paper): number {
  const first = paper.pages[0];
  return strong || !first || (cell.page === first.number && cell.y < first.height / 2) ? 0 : FAR_PENALTY;
}

const FAR_PENALTY = 0.15;

/** A date whose day and month could be swapped was read by the document's own habit; that is nearly always right. */
const AMBIGUOUS_PENALTY = 0.04;

/** Issue date: labelled, else the first date of the document that has no other label. */
export function issueDates(paper: Paper): Candidate[] {
  const found = [...datesFor(paper, 'issueDate'), ...datesOfPlace(paper)];
  if (found.length > 0)
    return new Set(allDates(paper)).size === 1
      ? found.map((one) => ({ ...one, score: Math.max(one.score, ONLY_DATE) }))
      : found;
  const taken = new Set([...datesFor(paper, 'saleDate'), ...datesFor(paper, 'dueDate')].map((one) => one.value));
  const loose = paper.lines.flatMap((line) =>
    line.labels.some((label) => label.field === 'order' || label.field === 'other' || label.field === 'dueDate')
      ? []
      : line.cells
          .filter((cell) => cell.words.length <= SENTENCE)
          .flatMap((cell) => datesIn(cell.text, paper.dateOrder).map((hit) => ({ hit, line }))),
  );
  const free = loose.filter(({ hit }) => !taken.has(hit.iso));
  const distinct = new Set(allDates(paper).filter((iso) => !taken.has(iso))).size;
  const first = free[0] ?? loose[0];
  if (!first) return [];
  // A label of dates whose date was not understood: the one that was may be of something else.
  const open = paper.lines.some((line) =>
    line.labels.some(({ field }) => field === 'issueDate' || field === 'saleDate'),
  );
  const score = distinct === 1 && !open ? SCORE.weakRight : SCORE.unlabelled;
  return [{ value: first.hit.iso, score, cell: cellOf(first.line.words, first.line.page, first.line.index) }];
}

/** "Lyon, le 11 mars 2026", "Köln, den 12.03.2026", "Warszawa, dnia 3 marca 2026": where and when a letter was written. */
const PLACE_AND = /^\p{Lu}[\p{L} .-]{2,30}, (?:le|den|am|dnia|li|il|em|a) (?=\d)/u;

function datesOfPlace(paper: Paper): Candidate[] {
  const top = (paper.pages[0]?.height ?? 0) / 2;
  const cells = paper.lines
    .filter((line) => line.page === paper.pages[0]?.number && line.y < top)
    .flatMap((line) => line.cells);
  return cells.flatMap((cell) => {
    const place = PLACE_AND.exec(cell.text)?.[0];
    const [hit] = place === undefined ? [] : datesIn(cell.text.slice(place.length), paper.dateOrder);
    const alone = hit?.index === 0 && hit.length >= cell.text.length - (place?.length ?? 0) - 1;
    return alone ? [{ value: hit.iso, score: weigh(SCORE.weakNumber, cell), cell }] : [];
  });
}

/** A cell of more words is a sentence; its date is of some other thing. */
const SENTENCE = 10;

/** The only date of a paper is its date. */
const ONLY_DATE = 0.9;

function allDates(paper: Paper): string[] {
  return paper.lines.flatMap((line) => datesIn(line.text, paper.dateOrder).map((hit) => hit.iso));
}

const TERM = /(?:(\d{1,3})\s*(?:dni|days?|tage[n]?|jours?|dagen|giorni|dias)\b|\bnet(?:to)?\s*(\d{1,3})\b(?!\s*[.,%]))/;

/** Due date: labelled, else "14 days" beside a label of terms, counted from the issue date. */
export function dueDates(paper: Paper, issueDate: string | undefined): Candidate[] {
  const found = datesFor(paper, 'dueDate');
  if (found.length > 0 || !issueDate) return found;
  return labelled(paper, 'dueDate').flatMap(({ label, line }) => {
    const place = placesOf(label, line, paper)[0];
    const term = place && TERM.exec(fold(place.cell.text));
    const days = Number(term?.[1] ?? term?.[2]);
    return place && days > 0 ? [{ value: addDays(issueDate, days), score: SCORE.weakRight, cell: place.cell }] : [];
  });
}

const NUMBER =
  /^[A-Z]{2,3} [A-Za-z0-9]+\/\d+(?![\w/])|^(?:[A-Za-zÀ-ž]{1,8}[ ]){0,2}[A-Za-z0-9À-ž]*\d[A-Za-z0-9À-ž]*(?:[/_.\\-]+[A-Za-z0-9À-ž]+)*|^[A-Za-z0-9]+(?:[/_.\\-]+[A-Za-z0-9]+)*[/_.-]\d[A-Za-z0-9]*(?:[/_.\\-]+[A-Za-z0-9]+)*/;
const LONGEST_NUMBER = 40;

/** Invoice numbers beside or below their labels. */
export function numbers(paper: Paper): Candidate[] {
  return labelled(paper, 'number').flatMap(({ label, line }) => {
    for (const place of placesOf(label, line, paper)) {
      if (place.relation === 'below' && !label.strong && !place.headed) break;
      const found = numberAt(place, paper) ?? (label.strong ? numberLikeDate(place) : undefined);
      if (!found) continue;
      const { value, cell, cut } = found;
      const scrap = !paper.exact && value.length < LEAST_READ;
      const labelledScore = scrap ? SCORE.unlabelled : label.strong ? scoreOf(true, place.relation) : weakNumber(value);
      return [{ value, score: weigh(labelledScore, cell) - low(cell, paper) - (cut ? CUT_PENALTY : 0), cell }];
    }
    return [];
  });
}

/** "Faktura nr 15/02/2026": the fifteenth of February 2026 is written so too, but not right behind "nr". */
function numberLikeDate({ relation, cell }: Place): { value: string; cell: Cell; cut: boolean } | undefined {
  const [word] = cell.words;
  if (relation !== 'right' || !word || !/^\d{1,3}\/\d{1,2}\/\d{4}$/.test(word.text)) return undefined;
  return { value: word.text, cell: cellOf([word], cell.page, cell.line), cut: false };
}

/** A recognised number of one or two signs may be what was read of a label's own end, or of a longer number. */
const LEAST_READ = 3;

/** The number at a place; "VK26-4596-" goes on in the next rows of a narrow column, or was cut. */
export function numberAt(place: Place, paper: Paper): { value: string; cell: Cell; cut: boolean } | undefined {
  const apart = place.line.cells.find((cell) => cell.words.includes(place.cell.words[0] as Word));
  const words = place.cell.words.filter((word) => apart?.words.includes(word) ?? true);
  const inCell = words.map((word) => word.text).join(' ');
  const start =
    words.length > 0 && (numberIn(inCell) || GOES_ON.test(inCell) || SERIES.test(inCell)) ? words : place.cell.words;
  const [first, ...rows] = wrapped({ ...place, cell: cellOf(start, place.cell.page, place.cell.line) }, paper);
  if (!first) return undefined;
  let { text } = first;
  let whole = first;
  for (const row of rows) {
    if (!/^[A-Za-z0-9/_-]+(?: |$)/.test(row.text) || !(GOES_ON.test(text) || SERIES.test(text))) break;
    text += (SERIES.test(text) ? ' ' : '') + row.text.split(' ')[0];
    whole = row;
  }
  const value = numberIn(text);
  if (!value) return undefined;
  const own = cellOf(place.cell.words.slice(0, value.split(' ').length), place.cell.page, place.cell.line);
  const cell = whole === first ? own : cellOf([...first.words, ...whole.words], first.page, first.line);
  return { value, cell, cut: (whole === first && GOES_ON.test(own.text)) || YEAR_LAST.test(value) };
}

const GOES_ON = /[A-Za-z0-9][-/_]$/;
/** The series of a number whose rest did not fit into the row. */
const SERIES = /^[A-Z]{1,4}$/;
/** "RE-2025": letters and a year, and the number itself behind them was not seen. */
const YEAR_LAST = /^[A-Za-z]{1,4}[-/. ]?(?:19|20)\d{2}$/;
const CUT_PENALTY = 0.35;

/** Numbers low on the paper belong to its text or to other papers. */
function low(cell: Cell, paper: Paper): number {
  const first = paper.pages[0];
  return first && cell.page === first.number && cell.y < first.height / 2 ? 0 : LOW_PENALTY;
}

const LOW_PENALTY = 0.06;

/** "Invoice" before something that only an invoice number looks like is as good as "Invoice no". */
function weakNumber(number: string): number {
  // A year that was parted from its date or its number.
  if (/^(?:19|20)\d{2}$/.test(number)) return SCORE.unlabelled;
  const telling = /\d{4}/.test(number) || (/\d{2}/.test(number) && /[/_-]/.test(number)) || /_\d/.test(number);
  return telling ? SCORE.weakNumber : SCORE.weakBelow;
}

/** The number at the start of a value; a date, an amount or a bare word is none. */
export function numberIn(text: string): string | undefined {
  const trimmed = text
    .replace(/^[\s:.#№/|*-]+/, '')
    .replace(/^(?:faktura|invoice|rechnung|facture|factuur|fattura|factura|fatura)(?: vat)?\b[.: ]*/i, '')
    .replace(/^(?:nr|no|numer)\b[.: ]*/i, '');
  const found = NUMBER.exec(trimmed)?.[0].replace(/[.\-/]+$/, '');
  if (!found || found.length > LONGEST_NUMBER || !/\d/.test(found)) return undefined;
  const [date] = datesIn(found);
  if (date && date.length >= found.length) return undefined;
  if (/^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$/.test(found)) return undefined;
  return found;
}
