import type { Page } from '../page/words.ts';

/** A text at a place of a page; for tests. */
export type Row = readonly [x: number, y: number, text: string];

/** Sizes of the letters of test pages. */
const LETTER = { width: 5, height: 10, blank: 3 };

/** A page of rows, each word as wide as its letters; `confidence` of every word. */
export function pageOf(rows: readonly Row[], confidence = 1, number = 1): Page {
  const words = rows.flatMap(([x, y, text]) => {
    let at = x;
    return text.split(' ').map((word) => {
      const placed = { text: word, x: at, y, width: word.length * LETTER.width, height: LETTER.height, confidence };
      at += placed.width + LETTER.blank;
      return placed;
    });
  });
  return { number, width: 595, height: 842, words };
}
