import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { search, type Captures, type Search } from './machine.ts';
import { parsePattern } from './parser.ts';
import { compilePattern, type Program } from './program.ts';

/** Patterns kept compiled; each is at most some hundred kilobytes, and a definition has a handful. */
const MAX_CACHED_PATTERNS = 200;

/** A pattern with its options, ready to match. */
export interface Regex {
  readonly program: Program;
  readonly names: readonly (string | null)[];
  readonly global: boolean;
  readonly how: Search;
}

const cache = new Map<string, Regex>();

/** Compiles a pattern with jq's modifiers (manual, "Regular expressions"), or takes it from the cache. */
export function compileRegex(pattern: string, modifiers: string): Regex {
  const key = `${modifiers}/${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  for (const modifier of modifiers) {
    if (!'gimnpslx'.includes(modifier)) throw new JqError(`${modifiers} is not a valid modifier string`);
  }
  const { pattern: parsed, names } = parsePattern(pattern, {
    ignoreCase: modifiers.includes('i'),
    extended: modifiers.includes('x'),
    dotAll: modifiers.includes('m') || modifiers.includes('p'),
    lines: false,
  });
  const regex: Regex = {
    program: compilePattern(parsed, names.length),
    names,
    global: modifiers.includes('g'),
    how: { notEmpty: modifiers.includes('n'), longest: modifiers.includes('l') },
  };
  if (cache.size >= MAX_CACHED_PATTERNS) cache.clear();
  cache.set(key, regex);
  return regex;
}

/** Hands each match to `take` (one only, unless the pattern is global) until it answers true. */
export function eachMatch(
  regex: Regex,
  text: readonly number[],
  budget: Budget,
  take: (captures: Captures) => boolean,
): boolean {
  let from = 0;
  while (from <= text.length) {
    const captures = search(regex.program, text, from, budget, regex.how);
    if (captures === null) return false;
    if (take(captures)) return true;
    if (!regex.global) return false;
    const [start = 0, end = 0] = captures;
    from = end === start ? end + 1 : end;
  }
  return false;
}
