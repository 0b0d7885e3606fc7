import { foldLine } from '../match.ts';
import type { PaperLine } from '../paper.ts';
import { headingsIn, type ColumnKind } from './headings.ts';

/** A column of an item table: what it holds and where its heading stands. */
export type Column = { kind: ColumnKind; left: number; right: number };

/** The head of an item table: its columns from left to right and the index (`at`) of its last line. */
export type Head = { columns: Column[]; first: number; last: number; page: number };

/** Headings of one table stand on at most this many lines: "Wartość" over "netto". */
const HEAD_LINES = 3;
/** Lines of one head follow each other within this many line heights. */
const HEAD_GAP = 1.9;
/** Fewer kinds of columns make no table; text that names a price and a quantity is just text. */
const LEAST_KINDS = 3;

const MONEY: ReadonlySet<ColumnKind> = new Set(['net', 'gross', 'amount', 'unitPrice', 'unitGross']);

type Heading = Column & { line: PaperLine };

/** The heads of item tables of a paper; a table that goes on over pages has one on each, or only on the first. */
export function headsOf(lines: readonly PaperLine[]): Head[] {
  const heads: Head[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const head = headAt(lines, at);
    if (!head) continue;
    heads.push(head);
    at = head.last;
  }
  return heads;
}

/** The head that starts at a line: the lines below belong to it as long as they hold headings and no amounts. */
function headAt(lines: readonly PaperLine[], at: number): Head | undefined {
  const first = lines[at];
  if (!first) return undefined;
  let best: Head | undefined;
  const block: PaperLine[] = [];
  for (const line of lines.slice(at, at + HEAD_LINES)) {
    const last = block.at(-1);
    const far = last && line.y - last.y > HEAD_GAP * Math.max(last.height, line.height);
    if (line.page !== first.page || far || line.amounts.some((hit) => !hit.percent)) break;
    const headings = headingsOf(line);
    if (headings.length === 0) break;
    block.push(line);
    const columns = columnsOf(block.flatMap(headingsOf));
    if (isTable(columns, block)) best = { columns, first: at, last: line.at, page: first.page };
  }
  return best;
}

/** Headings of each cell of a line; words of two cells never make one heading. */
function headingsOf(line: PaperLine): Heading[] {
  return line.cells.flatMap((cell) => {
    const { text, words, wordAt } = foldLine({ ...line, cells: [cell] });
    return headingsIn(text).flatMap(({ kind, start, end }) => {
      const [left, right] = [words[wordAt[start] ?? 0], words[wordAt[end - 1] ?? 0]];
      return left && right ? [{ kind, left: left.x, right: right.x + right.width, line }] : [];
    });
  });
}

/** "Netto / Net": two names of one column stand within this many line heights. */
const TWIN_GAP = 2.2;

/** Headings over each other or beside each other ("Netto / Net") make one column. */
function columnsOf(headings: readonly Heading[]): Column[] {
  const columns: Heading[] = [];
  for (const heading of [...headings].sort((a, b) => a.left - b.left)) {
    const over = columns.find((one) => one.line !== heading.line && overlap(one, heading) > 0);
    const beside = columns.at(-1);
    const twin =
      beside?.kind === heading.kind &&
      beside.line === heading.line &&
      heading.left - beside.right < TWIN_GAP * heading.line.height;
    if (over) Object.assign(over, { kind: joined(over.kind, heading.kind), ...span(over, heading) });
    else if (twin && beside) Object.assign(beside, span(beside, heading));
    else columns.push({ ...heading });
  }
  return columns.map(({ kind, left, right }) => ({ kind, left, right }));
}

const span = (a: Column, b: Column) => ({ left: Math.min(a.left, b.left), right: Math.max(a.right, b.right) });

export function overlap(a: { left: number; right: number }, b: { left: number; right: number }): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

/** What two headings over each other say together: "Wartość" over "netto" is the net amount, "Cena" over "netto" a price. */
function joined(a: ColumnKind, b: ColumnKind): ColumnKind {
  const has = (kind: ColumnKind) => a === kind || b === kind;
  if (has('name')) return 'name';
  if (has('unitPrice') && has('gross')) return 'unitGross';
  if (has('unitPrice')) return 'unitPrice';
  // "Jedn." over "cena", "Kwota" over "VAT".
  if (has('rate') && has('amount')) return 'vat';
  for (const kind of ['net', 'gross', 'vat', 'rate', 'quantity', 'discount'] as const) if (has(kind)) return kind;
  return a;
}

function isTable(columns: readonly Column[], block: readonly PaperLine[]): boolean {
  const kinds = new Set(columns.map((column) => column.kind));
  const money = columns.some((column) => MONEY.has(column.kind));
  const named = kinds.has('name') || (kinds.has('quantity') && kinds.has('unitPrice'));
  const words = block.reduce((sum, line) => sum + line.words.length, 0);
  // "Description … Amount" alone: nothing else may stand on the line.
  const bare = kinds.size === 2 && words <= BARE_WORDS && block.some((line) => line.cells.length >= 2);
  return money && named && (kinds.size >= LEAST_KINDS ? block.some((line) => line.cells.length >= 2) : bare);
}

const BARE_WORDS = 5;
