import { fold } from '../fold.ts';
import type { Paper, PaperLine } from '../paper.ts';
import { headsOf, type Head } from './columns.ts';
import { headingsIn, type ColumnKind } from './headings.ts';
import { rowLine, textOf, type RowLine } from './rows.ts';

/** One item: what its lines of text say together. */
export type Item = Pick<RowLine, 'values' | 'unit' | 'rate' | 'position'> & { name: string; lines: PaperLine[] };

/** Items of one invoice that are kept; beyond, a table is a price list and no invoice. */
const MAX_ITEMS = 1000;
/** A line goes on with an item within this many line heights, a value in a line of its own within fewer. */
const NEXT_LINE = 2.3;
const SAME_ITEM = 1.35;
/** Text above the values of its item stands this close; what stands farther is a heading between items. */
const LEAD_GAP = 1.75;

const WORTH: readonly ColumnKind[] = ['net', 'gross', 'amount'];
/** Sums inside a table: of a page, of a section. They are no items, and items may follow. */
const CARRIED =
  /^\W*(?:do przeniesienia|z przeniesienia|przeniesienie|suma (?:strony|czesciowa)|razem strona|ubertrag|zwischensumme|carried (?:forward|over)|brought forward|page (?:sub)?total|sub ?-?total|sous[ -]?total|a reporter|report|subtotaal|transport|riporto|suma y sigue)\b/;
/** Fields whose labels begin the totals below a table. */
const TOTALS = new Set(['net', 'vat', 'gross', 'payable', 'iban']);
const TOTAL_WORD =
  /^\W*(?:(?:line|items?|positions?) total|summe positionen|positionssumme|razem|suma|ogolem|lacznie|total|gesamt|summe|totaal|totale|w tym|do zaplaty)\b/;

/** The items of a paper's table, over all its pages; empty where no head of a table is found. */
export function itemsOf(paper: Paper): Item[] {
  const heads = headsOf(paper.lines);
  const items: Item[] = [];
  let head = heads[0];
  let state: State = { items, pending: [], closed: false };
  for (const line of paper.lines.slice((head?.last ?? Infinity) + 1)) {
    const next = heads.find((one) => line.at >= one.first && line.at <= one.last);
    if (next) {
      if (next !== head && next.page === head?.page && state.closed && !sameColumns(next, head)) break;
      head = next;
      state = { items, pending: [], closed: false };
      continue;
    }
    if (!head || items.length >= MAX_ITEMS) break;
    state = step(state, line, head);
  }
  return items;
}

const sameColumns = (a: Head, b: Head): boolean =>
  a.columns.length === b.columns.length && a.columns.every((one, index) => one.kind === b.columns[index]?.kind);

type State = { items: Item[]; pending: RowLine[]; closed: boolean };

function step(state: State, line: PaperLine, head: Head): State {
  const row = rowLine(line, head.columns);
  const complete = row.values.has('quantity') && row.values.has('unitPrice') && hasWorth(row);
  if (CARRIED.test(fold(line.text)) && !complete) return { ...state, pending: [] };
  if (state.closed && !complete) return state;
  if (!complete && endsTable(line, row)) return { ...state, pending: [], closed: true };
  const current = state.items.at(-1);
  const last = current?.lines.at(-1);
  const gap = last && last.page === line.page ? (line.y - last.y) / Math.max(last.height, line.height) : Infinity;
  if (current && last && belongs(row, current, gap)) {
    merge(current, row);
    return { ...state, pending: [] };
  }
  if (isItem(row)) {
    state.items.push(itemOf(leading(state.pending, row), row));
    return { ...state, pending: [], closed: false };
  }
  return follow(state, row, gap);
}

const hasWorth = (row: Pick<RowLine, 'values'>): boolean => WORTH.some((kind) => row.values.has(kind));

function isItem(row: RowLine): boolean {
  const priced = row.values.has('quantity') && (row.values.get('unitPrice') ?? row.values.get('unitGross'))?.exact;
  return (
    (hasWorth(row) || priced === true) &&
    (row.name.length > 0 || row.position !== undefined || priced === true || isAllowance(row))
  );
}

/** A discount in a line of its own: a negative amount without a name. */
function isAllowance(row: RowLine): boolean {
  return WORTH.some((kind) => row.values.get(kind)?.negative || row.values.get(kind)?.value.startsWith('-'));
}

/** Values that an item still lacks, in a line that stands so close that it is the same row of the table. */
function belongs(row: RowLine, item: Item, gap: number): boolean {
  if (gap > SAME_ITEM || row.values.size === 0 || row.position !== undefined) return false;
  return !hasWorth(item) && [...row.values.keys()].every((kind) => !item.values.has(kind));
}

function merge(item: Item, row: RowLine): void {
  for (const [kind, value] of row.values) item.values.set(kind, value);
  item.name = [item.name, textOf(row.name)].filter(Boolean).join(' ');
  item.rate ??= row.rate;
  item.unit ??= row.unit;
  item.lines.push(row.line);
}

/** Text lines right above a row whose own line has none, or that stand as close to it as its own lines do. */
function leading(pending: readonly RowLine[], row: RowLine): RowLine[] {
  const kept: RowLine[] = [];
  let below = row.line;
  for (const one of [...pending].reverse()) {
    const gap = (below.y - one.line.y) / Math.max(below.height, one.line.height);
    if (one.line.page !== below.page || gap > (row.name.length === 0 && kept.length === 0 ? NEXT_LINE : LEAD_GAP))
      break;
    kept.unshift(one);
    below = one.line;
  }
  return kept;
}

function itemOf(lead: readonly RowLine[], row: RowLine): Item {
  const name = [...lead, row].map((one) => textOf(one.name)).filter(Boolean);
  return {
    values: row.values,
    unit: row.unit,
    rate: row.rate,
    position: row.position ?? lead.find((one) => one.position)?.position,
    name: name.join(' '),
    lines: [...lead.map((one) => one.line), row.line],
  };
}

/** A line without values: it goes on with the item above, or begins the one below. */
function follow(state: State, row: RowLine, gap: number): State {
  if (row.name.length === 0) return state;
  const current = state.items.at(-1);
  const starts = row.position !== undefined;
  if (current && gap <= NEXT_LINE && !starts && state.pending.length === 0) {
    current.name = [current.name, textOf(row.name)].filter(Boolean).join(' ');
    current.lines.push(row.line);
    return state;
  }
  return { ...state, pending: [...state.pending, row] };
}

/** The totals begin, or the head of a VAT summary stands here. */
function endsTable(line: PaperLine, row: RowLine): boolean {
  const text = fold(line.text);
  const labels = line.labels.filter((label) => TOTALS.has(label.field));
  const kinds = new Set(headingsIn(text).map((heading) => heading.kind));
  const summary = ['net', 'vat', 'gross', 'rate'].filter((kind) => kinds.has(kind as ColumnKind)).length >= 2;
  if (summary && !kinds.has('name') && !line.amounts.some((hit) => hit.exact)) return true;
  if (TOTAL_WORD.test(text)) return true;
  const money = line.amounts.some((hit) => hit.exact && !hit.percent);
  return (
    labels.some((label) => label.strong && (money || label.field === 'payable')) ||
    (money && labels.some((label) => label.from === 0 && row.position === undefined))
  );
}
