import type { Word } from '../page/words.ts';
import type { OcrLanguage } from './languages.ts';

/** What an engine says of one page image. `confidence` 0 to 100; `slope`: how its lines rise or fall from left to right. */
export type Recognition = { words: Word[]; confidence: number; slope: number };

export type OcrContext = {
  /** The file's name, for errors. */
  name: string;
  signal?: AbortSignal;
  /** Words scattered over a page rather than a text; engines that find their lines by themselves pay no heed to it. */
  sparse?: boolean;
  /** What the page is read with; Polish and English together unless told. Engines that know one alphabet pay no heed. */
  languages?: readonly OcrLanguage[];
};

/**
 * Recognises prepared page images. Throws `timeout` when the signal fires or a page takes too long, and then stops
 * working on it at once.
 */
export type OcrEngine = {
  recognise(png: Uint8Array, context: OcrContext): Promise<Recognition>;
  close(): Promise<void>;
};
