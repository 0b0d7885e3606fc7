import { exactly, isDigit, isSpace, isWord, negated, propertyClass } from './classes.ts';
import { notLinear, regexFailure } from './failure.ts';
import type { Reader } from './reader.ts';
import type { CharacterTest } from './syntax.ts';

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, e: 27 };
const HEX = '0123456789abcdefABCDEF';
const OCTAL = '01234567';
const MOST_POINT = 0x10ffff;

/** What a backslash and the next characters stand for: one code point, or a class of them. */
export type Escape = { readonly point: number } | { readonly test: CharacterTest };

/** Reads an escape after its backslash; the same inside and outside of brackets. */
export function readEscape(reader: Reader): Escape {
  const letter = reader.next();
  if (letter === '') throw regexFailure('end pattern at escape');
  const control = CONTROLS[letter];
  if (control !== undefined) return { point: control };
  switch (letter) {
    case 'd':
      return { test: isDigit };
    case 'D':
      return { test: negated(isDigit) };
    case 'w':
      return { test: isWord };
    case 'W':
      return { test: negated(isWord) };
    case 's':
      return { test: isSpace };
    case 'S':
      return { test: negated(isSpace) };
    case 'p':
    case 'P':
      return { test: property(reader, letter === 'P') };
    default:
      return { point: readPoint(reader, letter) };
  }
}

/** The test of an escape. */
export function escapeTest(escape: Escape): CharacterTest {
  return 'test' in escape ? escape.test : exactly(escape.point);
}

function readPoint(reader: Reader, letter: string): number {
  if (letter === 'x') return hexadecimal(reader.take('{') ? (reader.until('}') ?? '') : reader.run(HEX, 2));
  if (letter === 'u') return hexadecimal(reader.run(HEX, 4));
  if (letter === 'c') return (reader.next().codePointAt(0) ?? 0) & 0x1f;
  if (letter === '0') return Number.parseInt(`0${reader.run(OCTAL, 2)}`, 8);
  if (letter >= '1' && letter <= '9') throw notLinear('a back-reference');
  if (letter === 'k' || letter === 'g') throw notLinear('a back-reference or call of a group');
  if (letter === 'K' || letter === 'X' || letter === 'G') throw regexFailure(`\\${letter} is not supported`);
  return letter.codePointAt(0) ?? 0;
}

function property(reader: Reader, negative: boolean): CharacterTest {
  const name = reader.take('{') ? reader.until('}') : null;
  if (name === null) throw regexFailure('invalid character property name');
  const test = propertyClass(name);
  return negative ? negated(test) : test;
}

function hexadecimal(digits: string): number {
  const point = Number.parseInt(digits === '' ? '0' : digits, 16);
  if (Number.isNaN(point) || point > MOST_POINT) throw regexFailure('too big wide-char value');
  return point;
}
