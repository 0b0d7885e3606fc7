import { applicationException } from '../../../core/model/problem.ts';
import { pdfLines } from '../../documents/index.ts';

type Line = Awaited<ReturnType<typeof pdfLines>>[number];
type Cell = Line['cells'][number];
type Column = { heading: string; type: string };

/** A line that follows more closely than this share of its height goes on with the row above it. */
const CONTINUES_WITHIN = 1.1;

/**
 * The cells of a report that was printed as PDF: its headings, then its rows. A cell belongs to the heading that it stands
 * under. A line without its amounts and dates is no row: close below one it goes on with its texts, elsewhere it is a
 * total or a footer. Headings that each page repeats are passed over. Without a line with all the headings, the first line.
 */
export async function cellsOfPdf(columns: readonly Column[], bytes: Uint8Array): Promise<string[][]> {
  const lines = await pdfLines(bytes, 'report.pdf');
  const isHead = ({ cells }: Line): boolean =>
    columns.every(({ heading }) => cells.some((cell) => clean(cell.text) === heading));
  const top = lines.findIndex(isHead);
  const heads = lines[top]?.cells;
  if (!heads) return lines.slice(0, 1).map(({ cells }) => cells.map(({ text }) => text));
  const places = columns.map(({ heading }) => heads.findIndex((cell) => clean(cell.text) === heading));
  const rows: string[][] = [];
  let above: Line | undefined;
  for (const line of lines.slice(top + 1)) {
    if (isHead(line)) continue;
    const texts = under(heads, line);
    const wanted = places.map((place) => texts[place] ?? '');
    const last = rows.at(-1);
    if (isRow(columns, wanted, line)) rows.push(texts);
    else if (last && above && follows(above, line)) {
      for (const [i, text] of texts.entries()) last[i] = clean(`${last[i] ?? ''} ${text}`);
    } else {
      above = undefined;
      continue;
    }
    above = line;
  }
  return [heads.map(({ text }) => clean(text)), ...rows];
}

/** @throws an application exception for a line that begins as a row does, and lacks some of its values */
function isRow(columns: readonly Column[], wanted: readonly string[], line: Line): boolean {
  const values = wanted.filter((_, i) => columns[i]?.type !== 'text');
  const [first = ''] = wanted;
  if (first !== '' && values.every((value) => value !== '')) return true;
  // A line of totals begins with a word.
  if (!/\d/.test(first) || values.every((value) => value === '')) return false;
  const detail = `a line of the report lacks a column that the form file names: ${line.text}`;
  throw applicationException('runtime', detail, { retryable: false });
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

const follows = (above: Line, line: Line): boolean =>
  above.page === line.page && line.y - (above.y + above.height) < CONTINUES_WITHIN * line.height;

/** The texts of a line by the headings that its cells stand under. */
function under(heads: readonly Cell[], { cells }: Line): string[] {
  const texts = heads.map(() => '');
  for (const cell of cells) {
    const distances = heads.map((head) => distance(head, cell));
    const place = distances.indexOf(Math.min(...distances));
    texts[place] = clean(`${texts[place] ?? ''} ${cell.text}`);
  }
  return texts;
}

/** How far a cell is from standing under a heading: left, right or centre below each other. */
function distance(head: Cell, cell: Cell): number {
  const left = head.x - cell.x;
  const right = left + head.width - cell.width;
  return Math.min(Math.abs(left), Math.abs(right), Math.abs(left + right) / 2);
}
