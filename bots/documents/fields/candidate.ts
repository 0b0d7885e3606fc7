import type { Big } from 'big.js';
import type { Reading } from '../../../core/model/invoice.ts';
import type { Cell } from '../page/layout.ts';
import type { Page } from '../page/words.ts';

/** A value that a field may have, with how sure the reader is before other fields are looked at. */
export type Candidate<V = string> = {
  value: V;
  score: number;
  cell: Cell | undefined;
  /** Not printed so: one sign was mended. */ repaired?: boolean;
};

/** An amount that a total may have. */
export type Money = Candidate & {
  amount: Big;
  /** Stands right of a label that can mean nothing else. */ sure?: boolean;
  /** The same, also for what is left to pay. */ clear?: boolean;
};

/** Scores of a value by how its label stood to it. */
export const SCORE = {
  strongRight: 0.95,
  strongBelow: 0.92,
  weakRight: 0.88,
  weakNumber: 0.9,
  weakBelow: 0.7,
  /** "To:" over an address. */
  weakHead: 0.87,
  /** Found by its form alone. */
  unlabelled: 0.5,
} as const;

export function scoreOf(strong: boolean, relation: 'right' | 'below'): number {
  if (strong) return relation === 'right' ? SCORE.strongRight : SCORE.strongBelow;
  return relation === 'right' ? SCORE.weakRight : SCORE.weakBelow;
}

/** Share of a score that stays when the recogniser was not at all sure of the words. */
const UNSURE_WORDS = 0.6;

/** A score lowered by how unsure the recogniser was of the words; a text layer lowers nothing. */
export function weigh(score: number, cell: Cell): number {
  const least = Math.min(...cell.words.map((word) => word.confidence));
  return score * (UNSURE_WORDS + (1 - UNSURE_WORDS) * Math.min(1, least / SURE_WORD));
}

/** From here on the recogniser's words are nearly always right. */
const SURE_WORD = 0.9;

/** The best candidate; other values become its alternatives and lower it where they are nearly as good. */
export function choose(candidates: readonly Candidate[]): (Candidate & { alternatives: string[] }) | undefined {
  const sorted = [...candidates].sort((a, b) => b.score - a.score);
  const [best] = sorted;
  if (!best) return undefined;
  const others = [...new Set(sorted.map((one) => one.value))].filter((value) => value !== best.value);
  const seen = sorted.filter((one) => one.value === best.value).length;
  const rival = sorted.find((one) => one.value !== best.value && one.score >= best.score - RIVAL);
  const score = rival && seen < 2 ? best.score - RIVAL_PENALTY : Math.min(1, best.score + (seen > 1 ? SEEN_TWICE : 0));
  return { ...best, score, alternatives: others.slice(0, MAX_ALTERNATIVES) };
}

const RIVAL = 0.04;
const RIVAL_PENALTY = 0.12;
const SEEN_TWICE = 0.02;
const MAX_ALTERNATIVES = 4;

/** A reading for the model: the box as fractions of the page. */
export function readingOf(
  confidence: number,
  cell: Cell | undefined,
  pages: readonly Page[],
  alternatives: string[] = [],
): Reading {
  const page = cell && pages.find((one) => one.number === cell.page);
  const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return {
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100,
    ...(page && {
      source: {
        page: page.number,
        box: {
          x: round(cell.x / page.width),
          y: round((cell.y + (page.slope ?? 0) * (cell.x + cell.width / 2 - page.width / 2)) / page.height),
          width: round(cell.width / page.width),
          height: round(cell.height / page.height),
        },
      },
    }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}
