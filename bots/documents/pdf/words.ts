import { BOUNDS } from '../bounds.ts';
import type { Page, Word } from '../page/words.ts';
import type { PdfPageText, TextRun } from './protocol.ts';

/** Runs closer than this share of the text's height are pieces of one word (kerning), farther ones are two words. */
const JOIN_GAP = 0.16;
/** Runs whose baselines differ by less than this share of their height stand on one line. */
const SAME_LINE = 0.3;

/** Splits runs of text into words with boxes and joins words that a producer cut into pieces. */
export function wordsOfPdf(text: PdfPageText, number: number): Page {
  const pieces = text.runs.slice(0, BOUNDS.pageWords).flatMap(splitRun);
  pieces.sort((a, b) => a.y + a.height - (b.y + b.height) || a.x - b.x);
  const words: Word[] = [];
  for (const line of byBaseline(pieces)) {
    line.sort((a, b) => a.x - b.x);
    for (const piece of line) {
      const last = words.at(-1);
      if (last && continues(last, piece)) {
        last.text += piece.text;
        last.width = piece.x + piece.width - last.x;
      } else if (!last || !isDoubled(last, piece)) words.push({ ...piece });
    }
  }
  return { number, width: text.width, height: text.height, words };
}

/** Words of a run; widths by share of characters, which is near enough to match columns. */
function splitRun(run: TextRun): Word[] {
  const unit = run.text.length > 0 ? run.width / run.text.length : 0;
  return [...run.text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: run.x + match.index * unit,
    y: run.y,
    width: match[0].length * unit,
    height: run.height,
    confidence: 1,
  }));
}

function byBaseline(sorted: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  for (const word of sorted) {
    const line = lines.at(-1);
    const first = line?.[0];
    const near =
      first &&
      Math.abs(word.y + word.height - first.y - first.height) < SAME_LINE * Math.min(word.height, first.height);
    if (line && near) line.push(word);
    else lines.push([word]);
  }
  return lines;
}

function continues(last: Word, piece: Word): boolean {
  const sameLine = Math.abs(last.y + last.height - piece.y - piece.height) < SAME_LINE * piece.height;
  const gap = piece.x - (last.x + last.width);
  return sameLine && gap < JOIN_GAP * piece.height && gap > -JOIN_GAP * 2 * piece.height;
}

/** Bold text made by printing it twice. */
function isDoubled(last: Word, piece: Word): boolean {
  return (
    last.text === piece.text &&
    Math.abs(last.x - piece.x) < piece.height / 4 &&
    Math.abs(last.y - piece.y) < piece.height / 4
  );
}
