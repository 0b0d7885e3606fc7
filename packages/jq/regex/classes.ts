import { regexFailure } from './failure.ts';
import type { CharacterTest } from './syntax.ts';

// Each of these is tried on one character only, so the time is constant whatever the pattern says.
const WORD = /^[\p{L}\p{M}\p{Nd}\p{Pc}]$/u;
const DIGIT = /^\p{Nd}$/u;
const SPACE = /^\p{White_Space}$/u;

/** `\w`: letters, marks, decimal digits and connectors of any script. */
export const isWord: CharacterTest = byPattern(WORD);
/** `\d` */
export const isDigit: CharacterTest = byPattern(DIGIT);
/** `\s` */
export const isSpace: CharacterTest = byPattern(SPACE);

/** Bracket names (`[:alpha:]`) and the properties of the same names, by the Unicode properties they stand for. */
const NAMED: Readonly<Record<string, string>> = {
  alnum: '[\\p{L}\\p{M}\\p{Nd}]',
  alpha: '[\\p{L}\\p{M}]',
  ascii: '[\\u{0}-\\u{7f}]',
  blank: '[\\p{Zs}\\t]',
  cntrl: '[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}]',
  digit: '\\p{Nd}',
  graph: '[^\\p{White_Space}\\p{Cc}\\p{Cn}\\p{Cs}]',
  lower: '\\p{Lowercase}',
  print: '[^\\p{Cc}\\p{Cn}\\p{Cs}]',
  punct: '[\\p{P}$+<=>^`|~]',
  space: '\\p{White_Space}',
  upper: '\\p{Uppercase}',
  word: '[\\p{L}\\p{M}\\p{Nd}\\p{Pc}]',
  xdigit: '[0-9A-Fa-f]',
};
const PROPERTY_NAME = /^[A-Za-z_]{1,40}$/;

/** The class of a bracket name, or null where there is none of this name. */
export function bracketClass(name: string): CharacterTest | null {
  const source = NAMED[name];
  return source === undefined ? null : byPattern(new RegExp(`^${source}$`, 'u'));
}

/** `\p{name}`: a bracket name, a general category (`Lu`) or a script (`Greek`); `^` before the name negates. */
export function propertyClass(name: string): CharacterTest {
  if (name.startsWith('^')) return negated(propertyClass(name.slice(1)));
  const named = bracketClass(name.toLowerCase());
  if (named !== null) return named;
  for (const source of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    const pattern = PROPERTY_NAME.test(name) ? unicodePattern(source) : null;
    if (pattern !== null) return byPattern(pattern);
  }
  throw regexFailure(`invalid character property name {${name}}`);
}

/** All that `test` does not take. */
export function negated(test: CharacterTest): CharacterTest {
  return (point) => !test(point);
}

/** What any of the tests takes. */
export function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  return (point) => tests.some((test) => test(point));
}

/** One code point. */
export function exactly(wanted: number): CharacterTest {
  return (point) => point === wanted;
}

/** Code points from `first` to `last`. */
export function between(first: number, last: number): CharacterTest {
  if (first > last) throw regexFailure('empty range in char class');
  return (point) => point >= first && point <= last;
}

/** The same without regard to case (simple case mapping: one character for one). */
export function withoutCase(test: CharacterTest): CharacterTest {
  return (point) => {
    if (test(point)) return true;
    const text = String.fromCodePoint(point);
    return sameLength(text.toLowerCase(), text, test) || sameLength(text.toUpperCase(), text, test);
  };
}

function sameLength(mapped: string, text: string, test: CharacterTest): boolean {
  return mapped.length === text.length && test(mapped.codePointAt(0) ?? 0);
}

function unicodePattern(source: string): RegExp | null {
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    return null;
  }
}

function byPattern(pattern: RegExp): CharacterTest {
  return (point) => pattern.test(String.fromCodePoint(point));
}
