/** One word on a page. Units are the page's own (points or pixels); only ratios are ever used. */
export type Word = {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** 0 to 1; 1 for the text layer of a PDF. */
  confidence: number;
};

/**
 * One page of words, upright. `slope` says by how much lines of the original image rise or fall from left to right; the
 * words' `y` has been levelled by it, and boxes for people are tilted back.
 */
export type Page = {
  number: number;
  width: number;
  height: number;
  words: Word[];
  slope?: number;
  hidden?: HiddenText | undefined;
};

/** Text of a page that its picture does not show. `clashing`: texts stand on one place, and only the picture says which is seen. */
export type HiddenText = { texts: string[]; letters: number; clashing: boolean };

/** A page with fewer letters than this has no text layer worth the name (a scanner's stamp, a page number). */
const LEAST_LETTERS = 60;

/**
 * True where the page's own text says what stands on it. Not where more of it is hidden than shown, as under a scan, or
 * where two texts share a place.
 */
export function hasText({ words, hidden }: Page): boolean {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return letters >= LEAST_LETTERS && (hidden === undefined || (!hidden.clashing && hidden.letters <= letters));
}

/** Moves words up or down so that lines of this slope become level; the middle of the page stays where it is. */
export function level(words: readonly Word[], slope: number, width: number): Word[] {
  return words.map((word) => ({ ...word, y: word.y - slope * (word.x + word.width / 2 - width / 2) }));
}
