import type { AmountHit } from '../money/amounts.ts';
import type { PaperLine } from '../paper.ts';
import { cellOf, type Cell } from '../../page/layout.ts';
import type { Word } from '../../page/words.ts';
import { overlap, type Column } from './columns.ts';
import type { ColumnKind } from './headings.ts';
import { fold } from '../fold.ts';
import { RATES } from '../money/vat-table.ts';

/** What one line of text says in the columns of a table. */
export type RowLine = {
  line: PaperLine;
  values: Map<ColumnKind, AmountHit & { negative: boolean }>;
  name: Word[];
  unit: string | undefined;
  rate: string | undefined;
  position: string | undefined;
};

const NUMERIC: ReadonlySet<ColumnKind> = new Set([
  'position',
  'quantity',
  'unitPrice',
  'unitGross',
  'discount',
  'rate',
  'vat',
  'net',
  'gross',
  'amount',
]);

/** Rates that are words of the law: exempt, not taxable, reverse charge. */
const RATE_WORD = /^(?:zw|np|oo|nie podl)\.?$/;
const UNIT = /^[a-z²³%/]{1,9}\.?$/;

/** Puts the words of a line into the columns of the table. */
export function rowLine(line: PaperLine, columns: readonly Column[]): RowLine {
  const row: RowLine = { line, values: new Map(), name: [], unit: undefined, rate: undefined, position: undefined };
  const region = nameRegion(columns);
  const used = new Set<Word>();
  const take = (hit: AmountHit, kind: ColumnKind) => {
    for (const word of line.words.slice(hit.from, hit.to)) used.add(word);
    put(row, kind, hit, line.words[hit.from - 1], columns);
  };
  const loose: AmountHit[] = [];
  for (const hit of line.amounts) {
    const kind = kindUnder(hit, columns);
    if (kind === undefined) loose.push(hit);
    else if (!isProse(hit, line)) take(hit, kind);
  }
  let rest = loose.filter((hit) => !isProse(hit, line) && mayBeValue(hit, line, region));
  for (let near = nearest(rest, columns, row); near; near = nearest(rest, columns, row)) {
    const { hit, column } = near;
    take(hit, column.kind);
    rest = rest.filter((one) => one !== hit);
  }
  for (const word of line.words) if (!used.has(word)) putWord(row, word, columns, region);
  return row;
}

/** Words before a number in its own cell that make it a part of a text: "January 31", "Item 12 of 20". */
const PROSE_WORDS = 2;

function isProse(hit: AmountHit, line: PaperLine): boolean {
  if (hit.exact || hit.percent) return false;
  const word = line.words[hit.from];
  const cell = line.cells.find((one) => word !== undefined && one.words.includes(word));
  const before = cell?.words.slice(0, cell.words.indexOf(word as Word)) ?? [];
  const letters = before.filter((one) => /[A-Za-zÀ-ž]{3}/.test(one.text)).length;
  return letters >= PROSE_WORDS || (letters > 0 && /[A-Za-zÀ-ž]{4}/.test(before.at(-1)?.text ?? ''));
}

type Span = { left: number; right: number };

/** The part of a line that belongs to the description: from the column before it to the one after. */
function nameRegion(columns: readonly Column[]): Span | undefined {
  const at = columns.findIndex((column) => column.kind === 'name');
  if (at < 0) return undefined;
  return { left: columns[at - 1]?.right ?? -Infinity, right: columns[at + 1]?.left ?? Infinity };
}

const spanOf = (cell: Cell | Word): Span => ({ left: cell.x, right: cell.x + cell.width });

/** The kind of the column under whose heading an amount stands; "other" for columns that hold no numbers of ours. */
function kindUnder(hit: AmountHit, columns: readonly Column[]): ColumnKind | undefined {
  const span = spanOf(hit.cell);
  const under = columns.filter(
    (column) => column.kind !== 'name' && column.kind !== 'unit' && overlap(column, span) > 0,
  );
  const numeric = under.filter((column) => NUMERIC.has(column.kind));
  const [best] = (numeric.length > 0 ? numeric : under).sort((a, b) => overlap(b, span) - overlap(a, span));
  return best && (NUMERIC.has(best.kind) ? best.kind : 'other');
}

/** In the part of the description only a number in a cell of its own can be a value of a column beside it. */
function mayBeValue(hit: AmountHit, line: PaperLine, region: Span | undefined): boolean {
  const span = spanOf(hit.cell);
  const inText = region && span.left > region.left && span.right <= region.right;
  return !inText || line.cells.some((cell) => cell.words[0] === line.words[hit.from]);
}

/** The amount and the empty column that stand nearest to each other and keep the order of the columns. */
function nearest(
  hits: readonly AmountHit[],
  columns: readonly Column[],
  row: RowLine,
): { hit: AmountHit; column: Column; distance: number } | undefined {
  const free = columns.filter((column) => NUMERIC.has(column.kind) && !row.values.has(column.kind));
  const pairs = hits.flatMap((hit) =>
    free
      .map((column) => ({ hit, column, distance: apart(column, spanOf(hit.cell)) }))
      .filter(({ distance }) => distance <= NEAR * hit.cell.height)
      .filter(({ column }) => fits(column, spanOf(hit.cell), row, columns)),
  );
  return pairs.sort((a, b) => a.distance - b.distance)[0];
}

/** True where the values right of an amount belong to columns right of this one, and those left of it to columns left. */
function fits(column: Column, span: Span, row: RowLine, columns: readonly Column[]): boolean {
  return [...row.values].every(([kind, value]) => {
    const other = columns.find((one) => one.kind === kind);
    return !other || other.left < column.left === value.cell.x < span.left;
  });
}

/** A value farther from its heading than this many line heights belongs to no column. */
const NEAR = 6;

function apart(a: Span, b: Span): number {
  return Math.min(
    Math.abs(a.left - b.left),
    Math.abs(a.right - b.right),
    Math.abs(a.left + a.right - b.left - b.right) / 2,
  );
}

function put(
  row: RowLine,
  kind: ColumnKind,
  hit: AmountHit,
  before: Word | undefined,
  columns: readonly Column[],
): void {
  if (kind === 'other') return;
  if (kind === 'position') row.position ??= hit.value;
  else if (hit.percent && kind !== 'discount' && kind !== 'rate') {
    // A share in some other column is a rate where the table has no column for rates.
    const rate = plainRate(hit.cell.text);
    if (RATES.includes(rate) && !columns.some((column) => column.kind === 'rate')) row.rate ??= rate;
  } else if (hit.percent && kind === 'rate') row.rate ??= plainRate(hit.cell.text);
  else if (kind === 'rate' && !isMoney(hit)) row.rate ??= plainRate(hit.cell.text);
  else if (kind === 'rate') setOnce(row, 'vat', hit, before);
  else setOnce(row, kind, hit, before);
}

/** Under "VAT" stands a rate or an amount; an amount has cents that no rate has. */
function isMoney(hit: AmountHit): boolean {
  return hit.exact && !/^\d{1,2}[.,](?:00|50?)$/.test(hit.cell.text);
}

function setOnce(row: RowLine, kind: ColumnKind, hit: AmountHit, before: Word | undefined): void {
  if (row.values.has(kind)) return;
  const dash = before && /^[-–−]$/.test(before.text) && hit.cell.x - before.x - before.width < hit.cell.height;
  row.values.set(kind, { ...hit, negative: dash === true });
}

function plainRate(text: string): string {
  const digits = /\d{1,2}(?:[.,]\d{1,2})?/.exec(text)?.[0].replace(',', '.') ?? text;
  return String(Number(digits));
}

function putWord(row: RowLine, word: Word, columns: readonly Column[], region: Span | undefined): void {
  const span = spanOf(word);
  const text = fold(word.text);
  const kinds = columns.filter((column) => overlap(column, span) > 0).map((column) => column.kind);
  const inName = region && span.left > region.left - word.height && span.left < region.right;
  if (RATE_WORD.test(text) && !kinds.includes('name') && row.rate === undefined) row.rate = text.replace(/\.$/, '');
  else if (inName) row.name.push(word);
  else if (row.unit === undefined && UNIT.test(text) && (kinds.includes('unit') || kinds.includes('quantity')))
    row.unit = word.text;
  else if (row.position === undefined && kinds.includes('position')) row.position = /^\d+/.exec(word.text)?.[0];
}

/** The text of a description. */
export function textOf(words: readonly Word[]): string {
  return words
    .map((word) => word.text)
    .join(' ')
    .trim();
}

/** The box that spans the given lines' words. */
export function boxOf(lines: readonly PaperLine[]): Cell | undefined {
  const [first] = lines;
  if (!first) return undefined;
  return cellOf(
    lines.filter((line) => line.page === first.page).flatMap((line) => line.words),
    first.page,
    first.index,
  );
}
