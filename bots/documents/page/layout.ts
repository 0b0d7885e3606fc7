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

export type Line = {
  cells: Cell[];
  text: string;
  page: number;
  index: number;
  y: number;
  height: number;
  /** Advance of one character where the page is set in a font that gives each the same; blanks are as wide there. */
  pitch?: number | undefined;
};

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
  const pitch = pitchOf(page.words);
  return rows.map((row, index) => toLine(row.words, page.number, index, pitch));
}

const middle = (word: Word): number => word.y + word.height / 2;

function overlaps(row: { top: number; bottom: number }, word: Word): boolean {
  const shared = Math.min(row.bottom, word.y + word.height) - Math.max(row.top, word.y);
  return shared > LINE_OVERLAP * Math.min(row.bottom - row.top, word.height);
}

/** Words that tell the pitch have this many characters; fewer words tell nothing. Typewriters spread by 0.03, books by 0.06. */
const PITCH = { letters: 5, words: 12, spread: 0.045 };

/** The advance of a typewriter's font: every word is as wide as its letters are many. Undefined for other fonts. */
function pitchOf(words: readonly Word[]): number | undefined {
  const advances = words
    .filter((word) => Array.from(word.text).length >= PITCH.letters)
    .map((word) => word.width / (Array.from(word.text).length - 0.2))
    .sort((a, b) => a - b);
  if (advances.length < PITCH.words) return undefined;
  const at = (share: number) => advances[Math.floor(advances.length * share)] ?? 0;
  return (at(0.75) - at(0.25)) / at(0.5) < PITCH.spread ? at(0.5) : undefined;
}

/** A blank of a typewriter's font is a character wide, with some air of the letters beside it. */
const TYPED_BLANK = 1.7;

/** The widest gap that is a blank between words of these heights, or of this pitch. */
export function widestBlank(share: number, heights: readonly number[], pitch: number | undefined): number {
  return Math.max(share * Math.min(...heights), pitch === undefined ? 0 : pitch * TYPED_BLANK);
}

function toLine(words: Word[], page: number, index: number, pitch: number | undefined): Line {
  words.sort((a, b) => a.x - b.x);
  const cells: Word[][] = [];
  for (const word of words) {
    const last = cells.at(-1)?.at(-1);
    const gap = last ? word.x - (last.x + last.width) : Infinity;
    if (last && gap < widestBlank(CELL_GAP, [last.height, word.height], pitch)) cells.at(-1)?.push(word);
    else cells.push([word]);
  }
  const top = Math.min(...words.map((word) => word.y));
  const bottom = Math.max(...words.map((word) => word.y + word.height));
  const built = cells.map((cell) => cellOf(cell, page, index));
  return {
    cells: built,
    text: built.map((cell) => cell.text).join('  '),
    page,
    index,
    y: top,
    height: bottom - top,
    pitch,
  };
}

/** The cell that spans the given words. */
export function cellOf(words: Word[], page: number, line: number): Cell {
  const x = Math.min(...words.map((word) => word.x));
  const y = Math.min(...words.map((word) => word.y));
  const width = Math.max(...words.map((word) => word.x + word.width)) - x;
  const height = Math.max(...words.map((word) => word.y + word.height)) - y;
  return { text: words.map((word) => word.text).join(' '), words, page, line, x, y, width, height };
}
