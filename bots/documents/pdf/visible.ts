import { BOUNDS } from '../bounds.ts';
import type { HiddenText } from '../page/words.ts';
import type { PdfPageInk, PdfPageText, TextRun } from './protocol.ts';

/** Nobody reads print below this many points of an A4 page; the smallest honest print has 4. */
const LEAST_HEIGHT = 2.5;
const A4_HEIGHT = 842;
/** Letters set as narrow as this, in points a letter, are a line and no text. */
const LEAST_ADVANCE = 0.6;
/** Share of a word's columns that carry its ink: a "1" in its box has a quarter, a word with anything of it seen more. */
const LEAST_INK = 0.12;
/** Part of a run's height in which its letters stand, from its top: the base line is at 1. */
const LETTERS = { from: 0.05, to: 1.15 };
/** Runs share a place when this part of the smaller one lies in the other. */
const SAME_PLACE = 0.5;
/** Runs of more different heights do not pass for each other: a watermark lies under everything. */
const LIKE_HEIGHTS = 2;

export type SeenText = { runs: TextRun[]; hidden: HiddenText | undefined };

/** Parts the text of a page into what a reader of the page sees, and what only a machine would read. */
export function seenText(text: PdfPageText, ink: PdfPageInk): SeenText {
  const least = LEAST_HEIGHT * Math.min(1, Math.max(text.width, text.height) / A4_HEIGHT);
  const parts = text.runs.slice(0, BOUNDS.pageWords).map((run) => partsOf(run, ink, least));
  const runs = parts.flatMap((part) => part.seen);
  const unseen = parts.flatMap((part) => part.unseen);
  const clashing = clashes(runs);
  if (unseen.length === 0 && clashing.length === 0) return { runs, hidden: undefined };
  const texts = [...unseen, ...clashing].map((run) => run.text.trim());
  return { runs, hidden: { texts, letters: lettersOf(unseen), clashing: clashing.length > 0 } };
}

const lettersOf = (runs: readonly TextRun[]): number =>
  runs.reduce((total, run) => total + run.text.replaceAll(/\s/g, '').length, 0);

/** A run word by word; words that stand together stay together. */
function partsOf(run: TextRun, ink: PdfPageInk, least: number): { seen: TextRun[]; unseen: TextRun[] } {
  const unit = run.width / Math.max(1, run.text.length);
  const isWritten = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
  if (run.height < least || (unit < LEAST_ADVANCE && run.text.length > 2))
    return isWritten(run.text) ? { seen: [], unseen: [run] } : { seen: [], unseen: [] };
  const words = [...run.text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    from: match.index,
    shown: !isWritten(match[0]) || inkShare(run, match.index * unit, match[0].length * unit, ink) >= LEAST_INK,
  }));
  if (words.every((word) => word.shown)) return { seen: [run], unseen: [] };
  if (words.every((word) => !word.shown || !isWritten(word.text))) return { seen: [], unseen: [run] };
  const piece = ({ text, from }: { text: string; from: number }): TextRun => ({
    ...run,
    text,
    x: run.x + from * unit,
    width: text.length * unit,
  });
  return { seen: words.filter((one) => one.shown).map(piece), unseen: words.filter((one) => !one.shown).map(piece) };
}

/** Share of the columns of a stretch of a run in which its text leaves ink. */
function inkShare(run: TextRun, from: number, width: number, { scale, ...ink }: PdfPageInk): number {
  const left = Math.floor((run.x + from) * scale);
  const right = Math.max(left + 1, Math.ceil((run.x + from + width) * scale));
  const top = Math.max(0, Math.floor((run.y + LETTERS.from * run.height) * scale));
  const bottom = Math.min(ink.height, Math.ceil((run.y + LETTERS.to * run.height) * scale));
  let columns = 0;
  for (let x = Math.max(0, left); x < Math.min(ink.width, right); x += 1) {
    for (let y = top; y < bottom; y += 1) {
      if (ink.dots[y * ink.width + x] !== 1) continue;
      columns += 1;
      break;
    }
  }
  return columns / (right - left);
}

/**
 * Runs that stand where another one stands: of one of them a reader sees nothing (text under a white box with other text
 * on it), and only the picture says of which. Bold print made by printing twice says the same twice.
 */
function clashes(runs: readonly TextRun[]): TextRun[] {
  const written = runs.filter((run) => run.text.replaceAll(/[^\p{L}\p{N}]/gu, '').length > 1);
  const sorted = [...written].sort((a, b) => a.y - b.y);
  const found = new Set<TextRun>();
  for (const [index, one] of sorted.entries()) {
    for (const other of sorted.slice(index + 1)) {
      if (other.y > one.y + one.height) break;
      if (!isSamePlace(one, other) || isSameText(one.text, other.text)) continue;
      found.add(one).add(other);
    }
  }
  return [...found];
}

const isSameText = (a: string, b: string): boolean => {
  const [one, two] = [a, b].map((text) => text.replaceAll(/\s/g, '')) as [string, string];
  return one.includes(two) || two.includes(one);
};

function isSamePlace(a: TextRun, b: TextRun): boolean {
  const [low, high] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
  if (high > low * LIKE_HEIGHTS) return false;
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > SAME_PLACE * Math.min(a.width, b.width) && height > SAME_PLACE * low;
}
