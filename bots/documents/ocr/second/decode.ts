import type { Word } from '../../page/words.ts';
import type { TextLine } from './lines.ts';

/** A sign that was read, with the place of its middle in the strip. */
type Sign = { text: string; at: number; confidence: number };

/** What the recogniser says of one strip: for each step from left to right, the likelihood of each class. */
export type Steps = { data: Float32Array; offset: number; count: number; classes: number };

/** Class 0 stands between signs. */
const BLANK = 0;

/** Letters that documents in our languages are printed in. Signs of other scripts are never meant. */
const OURS = /^[\u0020-\u007e\u00a0-\u017f‐-―‘-„†•…‰€№·]$/;

/** A sign that may be read, with its index among the model's classes. */
export type Class = { index: number; sign: string };

/** The classes that are considered beside the blank: the signs of our alphabets. */
export function classesOf(alphabet: readonly string[]): Class[] {
  return alphabet.flatMap((sign, at) => (OURS.test(sign) ? [{ index: at + 1, sign }] : []));
}

/** Reads the steps of a strip: the best class of each, repeats and blanks left out (CTC, greedy). */
export function signsOf(steps: Steps, classes: readonly Class[]): Sign[] {
  const signs: Sign[] = [];
  let last = BLANK;
  for (let step = 0; step < steps.count; step += 1) {
    const row = steps.offset + step * steps.classes;
    let [best, sign, likelihood] = [BLANK, '', steps.data[row + BLANK] ?? 0];
    for (const one of classes) {
      const value = steps.data[row + one.index] ?? 0;
      if (value > likelihood) [best, sign, likelihood] = [one.index, one.sign, value];
    }
    if (best !== BLANK && best !== last)
      signs.push({ text: sign, at: (step + 0.5) / steps.count, confidence: likelihood });
    last = best;
  }
  return signs;
}

/** Groups signs into words at blanks. `share` is the part of the strip that the line fills; the rest is padding. */
export function wordsOf(signs: readonly Sign[], line: TextLine, share: number): Word[] {
  const words: Sign[][] = [[]];
  for (const sign of signs) {
    if (sign.text.trim() === '') words.push([]);
    else words.at(-1)?.push(sign);
  }
  const half = advance(signs) / 2;
  return words
    .filter((word) => word.length > 0)
    .map((word) => {
      const from = Math.max(0, ((word[0]?.at ?? 0) - half) / share);
      const to = Math.min(1, ((word.at(-1)?.at ?? 0) + half) / share);
      const middle = line.y + line.height / 2 + line.slope * ((from + to) / 2 - 0.5) * line.width;
      return {
        text: word.map((sign) => sign.text).join(''),
        x: line.x + from * line.width,
        y: middle - (line.height * INK) / 2,
        width: (to - from) * line.width,
        height: line.height * INK,
        confidence: Math.min(...word.map((sign) => sign.confidence)),
      };
    });
}

/** Part of a line's box that its letters fill. */
const INK = 0.7;

/** Usual distance of two signs. */
function advance(signs: readonly Sign[]): number {
  const gaps = signs.slice(1).map((sign, index) => sign.at - (signs[index]?.at ?? 0));
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? 0.5;
}
