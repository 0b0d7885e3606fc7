import type { Page, Word } from './words.ts';

/** Words of one line that stand together: a label, a value, a table cell. */
export type Cell = {
  text: string;
  words: Word[];
  page: number;
  /** Index of its line on the page. */
  line: number;
  x: number;
  y: number;
  width: number;
  height: number;
};

export type Line = { cells: Cell[]; text: string; page: number; index: number; y: number; height: number };

/** A gap wider than this share of the text's height parts two cells. A blank is about 0.3, a wide one of justified text 0.8. */
const CELL_GAP = 1.1;
/** A word belongs to a line when it overlaps this share of its height. */
const LINE_OVERLAP = 0.5;

/** Groups the words of a page into lines from top to bottom, and each line into cells from left to right. */
export function linesOf(page: Page): Line[] {
  const rows: { top: number; bottom: number; words: Word[] }[] = [];
  for (const word of [...page.words].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.findLast((one) => overlaps(one, word));
    if (!row) rows.push({ top: word.y, bottom: word.y + word.height, words: [word] });
    else {
      row.words.push(word);
      // The row follows the mean of its words, so that a skewed line is not cut and two lines are not joined.
      const share = 1 / row.words.length;
      row.top += (word.y - row.top) * share;
      row.bottom += (word.y + word.height - row.bottom) * share;
    }
  }
  rows.sort((a, b) => a.top + a.bottom - b.top - b.bottom);
  return rows.map((row, index) => toLine(row.words, page.number, index));
}

const middle = (word: Word): number => word.y + word.height / 2;

function overlaps(row: { top: number; bottom: number }, word: Word): boolean {
  const shared = Math.min(row.bottom, word.y + word.height) - Math.max(row.top, word.y);
  return shared > LINE_OVERLAP * Math.min(row.bottom - row.top, word.height);
}

function toLine(words: Word[], page: number, index: number): Line {
  words.sort((a, b) => a.x - b.x);
  const cells: Word[][] = [];
  for (const word of words) {
    const last = cells.at(-1)?.at(-1);
    const gap = last ? word.x - (last.x + last.width) : Infinity;
    if (last && gap < CELL_GAP * Math.min(last.height, word.height)) cells.at(-1)?.push(word);
    else cells.push([word]);
  }
  const top = Math.min(...words.map((word) => word.y));
  const bottom = Math.max(...words.map((word) => word.y + word.height));
  const built = cells.map((cell) => cellOf(cell, page, index));
  return { cells: built, text: built.map((cell) => cell.text).join('  '), page, index, y: top, height: bottom - top };
}

/** The cell that spans the given words. */
export function cellOf(words: Word[], page: number, line: number): Cell {
  const x = Math.min(...words.map((word) => word.x));
  const y = Math.min(...words.map((word) => word.y));
  const width = Math.max(...words.map((word) => word.x + word.width)) - x;
  const height = Math.max(...words.map((word) => word.y + word.height)) - y;
  return { text: words.map((word) => word.text).join(' '), words, page, line, x, y, width, height };
}
