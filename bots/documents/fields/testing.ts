import type { Invoice } from '../../../core/model/invoice.ts';
import type { Page } from '../page/words.ts';
import { readPages } from './read.ts';

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

/** The invoice on one page, from a text layer or (`exact` false) from a good recognition. */
export const read = (rows: readonly Row[], exact = true): Invoice =>
  readPages([pageOf(rows, exact ? 1 : 0.95)], exact).invoice;

/** Number and totals of an invoice. */
export const TAIL: readonly Row[] = [
  [350, 90, 'Invoice number: BX-2026-77'],
  [50, 300, 'Net amount'],
  [400, 300, '100.00'],
  [50, 315, 'VAT amount'],
  [400, 315, '20.00'],
  [50, 330, 'Grand total'],
  [400, 330, '120.00'],
];
