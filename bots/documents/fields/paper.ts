import type { Cell, Line } from '../page/layout.ts';
import { cellOf, linesOf } from '../page/layout.ts';
import type { Page, Word } from '../page/words.ts';
import { amountsOf, type AmountHit } from './money/amounts.ts';
import { dateOrderOf, datesIn, type DateOrder } from './dates.ts';
import { languageOf } from '../ocr/language-of.ts';
import type { Label } from './match.ts';
import { labelsOfLines } from './stacked-labels.ts';

/** A line with what was recognised in it. `at` counts lines over all pages. */
export type PaperLine = Line & { at: number; words: Word[]; labels: Label[]; amounts: AmountHit[] };

/** The whole text of a document, prepared once for every field. */
export type Paper = {
  pages: readonly Page[];
  lines: PaperLine[];
  text: string;
  dateOrder: DateOrder;
  /** True where a date with a day above 12, the money or the language leaves no doubt of that order. */
  orderKnown: boolean;
  /** True for the text layer of a PDF: characters are certain, only their meaning is not. */
  exact: boolean;
};

/** A stretch of words that may hold a label's value. */
export type Place = {
  cell: Cell;
  line: PaperLine;
  relation: 'right' | 'below';
  distance: number;
  /** Below a row of heads: each label of the row has its value under it, so that even "Date" means what it says. */
  headed?: boolean;
};

/** Lines below a label in which its value may stand. */
const BELOW_LINES = 3;
/** A value below starts within this many line heights. */
const BELOW_DISTANCE = 4.6;

export function paperOf(pages: readonly Page[], exact: boolean): Paper {
  const plain = pages.flatMap(linesOf);
  const labels = labelsOfLines(plain);
  const lines = plain.map((line, at) => ({
    ...line,
    at,
    words: line.cells.flatMap((cell) => cell.words),
    labels: labels[at] ?? [],
    amounts: amountsOf(line),
  }));
  const text = plain.map((line) => line.text).join('\n');
  const american = isAmerican(text);
  const { order, proven } = dateOrderOf(text, american);
  const orderKnown = proven || (!american && isEuropean(text));
  return { pages, lines, text, dateOrder: order, orderKnown, exact };
}

/** A state and its ZIP code, as an address of the United States ends (USPS Publication 28). Not Delaware: "DE 10115" is Berlin. */
const US_TOWN =
  /\b(?:A[KLRZ]|C[AOT]|DC|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) \d{5}(?:-\d{4})?\b/;

/** True where dates are written month first: American money, or an American address and no other money. */
function isAmerican(text: string): boolean {
  if (/€|\bEUR\b/.test(text)) return false;
  return /\bUSD\b|\$/.test(text) || (US_TOWN.test(text) && !/£|zł|\b(?:GBP|PLN|CHF)\b/.test(text));
}

/** Money of countries that write the day first, or a language of theirs. */
function isEuropean(text: string): boolean {
  const language = languageOf(text);
  return /[€£]|zł|\b(?:EUR|GBP|PLN|CHF)\b/.test(text) || (language !== undefined && language !== 'eng');
}

/** Where the value of a label may stand: to its right up to the next other label, then below it, nearest first. */
export function placesOf(label: Label, line: PaperLine, paper: Paper): Place[] {
  const right = rightOf(label, line);
  return [...(right ? [right] : []), ...below(label, line, paper)];
}

export function rightOf(label: Label, line: PaperLine): Place | undefined {
  const next = line.labels.find((other) => other.from >= label.to && other.field !== label.field);
  const words = line.words.slice(label.to, next ? next.from : undefined);
  const last = line.words[label.to - 1];
  if (label.tail && last) words.unshift({ ...last, text: label.tail });
  while (words[0] && /^[\s:.\-–—=/|]+$/.test(words[0].text)) words.shift();
  if (words.length === 0) return undefined;
  const cell = cellOf(words, line.page, line.index);
  const distance = (cell.x - label.cell.x - label.cell.width) / label.cell.height;
  return { cell, line, relation: 'right', distance };
}

function below(label: Label, line: PaperLine, paper: Paper): Place[] {
  const places: Place[] = [];
  const height = label.cell.height;
  for (const other of paper.lines.slice(line.at + 1, line.at + 1 + BELOW_LINES)) {
    const distance = (other.y - line.y) / height;
    if (other.page !== line.page || distance > BELOW_DISTANCE) break;
    const cell = other.cells.find(
      (one) => one.x < label.cell.x + label.cell.width + height && one.x + one.width > label.cell.x - height,
    );
    if (!cell) continue;
    if (other.labels.some((inner) => inner.cell.x < cell.x + cell.width && inner.cell.x + inner.cell.width > cell.x))
      break;
    places.push({ cell, line: other, relation: 'below', distance, headed: areHeads(line, other) });
  }
  return places;
}

/** Fields whose labels stand side by side over their values. */
const FACTS: ReadonlySet<Label['field']> = new Set([
  'number',
  'issueDate',
  'saleDate',
  'dueDate',
  'order',
  'other',
  'buyer',
  'buyerReference',
  'corrected',
]);

/** True for a row of heads and the row of its values: several cells each, no labels and no money below. */
function areHeads(heads: PaperLine, values: PaperLine): boolean {
  const labelledCells = heads.cells.filter((cell) =>
    heads.labels.some((label) => FACTS.has(label.field) && cell.words.includes(heads.words[label.from] as Word)),
  );
  const money = values.amounts.some((hit) => hit.exact && !hit.percent && datesIn(hit.cell.text).length === 0);
  const under = values.labels.some((label) => labelledCells.some((cell) => isAcross(label.cell, cell)));
  return labelledCells.length >= 2 && values.cells.length >= 2 && !under && !money;
}

const isAcross = (a: Cell, b: Cell): boolean => a.x < b.x + b.width && a.x + a.width > b.x;

/** How far below a text its second row may stand, in line heights from top to top. */
const WRAP_DISTANCE = 1.9;
/** Rows that a value may take in a narrow column. */
const WRAP_ROWS = 3;

/** A value with the rows that it goes on in: texts below it in its own column, where no label stands. */
export function wrapped(place: Place, paper: Paper): Cell[] {
  const rows = [place.cell];
  // Running text goes on under its label.
  const whole = place.line.cells.find((cell) => cell.words.includes(place.cell.words[0] as Word));
  const starts = [place.cell.x, ...(whole ? [whole.x] : [])];
  for (const line of paper.lines.slice(place.line.at + 1, place.line.at + WRAP_ROWS)) {
    const [last = place.cell] = rows.slice(-1);
    const near = line.page === place.line.page && line.y - last.y < WRAP_DISTANCE * last.height;
    const next = line.cells.find((cell) => starts.some((x) => Math.abs(cell.x - x) < place.cell.height));
    if (!near || !next || line.labels.some((label) => next.words.includes(line.words[label.from] as Word))) break;
    rows.push(next);
  }
  return rows;
}

/** Every label of one field, with its line. */
export function labelled(paper: Paper, ...fields: Label['field'][]): { label: Label; line: PaperLine }[] {
  return paper.lines.flatMap((line) =>
    line.labels.filter((label) => fields.includes(label.field)).map((label) => ({ label, line })),
  );
}
