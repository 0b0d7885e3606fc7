import { CURRENCY_CODES, CURRENCY_SIGNS } from './amounts.ts';
import type { Candidate } from '../candidate.ts';
import { fold } from '../fold.ts';
import type { Paper } from '../paper.ts';

const CODE = new RegExp(`(?<![A-Za-z])(${CURRENCY_CODES})(?![A-Za-z])`, 'g');
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\beuros?\b/gi, 'EUR'],
  [/\bus dollars?\b/gi, 'USD'],
  [/\bzłot(?:y|e|ych)\b/gi, 'PLN'],
];
const SIGN = /[€$£]|(?<![A-Za-zł])zł(?![a-zł])|(?<![A-Za-z])RM(?=[\s\d.])/g;

/** A code next to amounts is worth this many others; two currencies on one paper are told apart by it. */
const BESIDE_AMOUNT = 4;
const CODE_SCORE = 0.97;
const SIGN_SCORE = 0.93;
const DOLLAR_SCORE = 0.9;
const DOUBTFUL_SIGN = 0.8;
const RIVAL_SHARE = 0.5;

/** The seller's share capital stands in small print in the money of its country, whatever is invoiced. */
const CAPITAL =
  /\b(?:kapital|stammkapital|grundkapital|(?:share |au )?capital(?:e)?|cap\. ?soc|maatschappelijk kapitaal)\b/;

/** The currency of the amounts: ISO codes first, then signs; "$" is the US dollar unless a code says otherwise. */
export function readCurrency(paper: Paper): Candidate[] {
  const votes = new Map<string, { weight: number; score: number }>();
  const vote = (code: string, weight: number, score: number) => {
    const before = votes.get(code);
    votes.set(code, { weight: (before?.weight ?? 0) + weight, score: Math.max(before?.score ?? 0, score) });
  };
  for (const line of paper.lines) {
    if (CAPITAL.test(fold(line.text))) continue;
    const weight = line.amounts.some((hit) => hit.exact) ? BESIDE_AMOUNT : 1;
    for (const match of line.text.matchAll(CODE)) vote(match[1] ?? '', weight, CODE_SCORE);
    for (const [word, code] of WORDS) for (const _ of line.text.matchAll(word)) vote(code, weight, SIGN_SCORE);
    for (const match of line.text.matchAll(SIGN)) {
      const code = CURRENCY_SIGNS[match[0].toLowerCase()];
      if (code) vote(code, weight, match[0] === '$' ? DOLLAR_SCORE : SIGN_SCORE);
    }
  }
  const ranked = [...votes].sort((a, b) => b[1].weight - a[1].weight);
  const [best, second] = ranked;
  if (!best) return [];
  const [code, { weight, score }] = best;
  // A recogniser takes "€" for "£"; a sign that stands beside no amount may be of a sentence about something else.
  const doubtful = !paper.exact && score < CODE_SCORE && (code === 'GBP' || weight < BESIDE_AMOUNT);
  if (doubtful) return [{ value: code, score: DOUBTFUL_SIGN, cell: undefined }];
  const contested = second && second[1].weight > best[1].weight * RIVAL_SHARE;
  return [{ value: best[0], score: contested ? best[1].score - 0.2 : best[1].score, cell: undefined }];
}
