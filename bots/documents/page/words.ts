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

/** One page of words, upright. */
export type Page = { number: number; width: number; height: number; words: Word[] };
