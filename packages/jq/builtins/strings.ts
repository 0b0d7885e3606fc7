import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { split } from '../values/arithmetic.ts';
import { typeError } from '../values/text.ts';
import { isArray } from '../values/types.ts';
import { formatValue } from './formats.ts';
import { bound, unary, valued, type NativeTable } from './native.ts';

/** White space as Unicode defines it, which `trim` removes. Only anchored uses: linear. */
const SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
const MOST_CODE_POINT = 0x10ffff;
const REPLACEMENT = '\ufffd';

/** Functions about strings, but for regular expressions. */
export const STRINGS: NativeTable = {
  'split/1': valued((input, [separator], budget) => {
    if (typeof input !== 'string' || typeof separator !== 'string') {
      throw new JqError('split input and separator must be strings');
    }
    return split(input, separator, budget);
  }),
  'startswith/1': valued((input, [part]) => pair(input, part, 'startswith').startsWith(String(part))),
  'endswith/1': valued((input, [part]) => pair(input, part, 'endswith').endsWith(String(part))),
  'ltrimstr/1': bound((input, [part]) => trimStart(input, part)),
  'rtrimstr/1': bound((input, [part]) => trimEnd(input, part)),
  'trimstr/1': bound((input, [part]) => trimEnd(trimStart(input, part), part)),
  'trim/0': unary((input) => trim(input, true, true)),
  'ltrim/0': unary((input) => trim(input, true, false)),
  'rtrim/0': unary((input) => trim(input, false, true)),
  'explode/0': unary((input, budget) => {
    if (typeof input !== 'string') throw new JqError('explode input must be a string');
    budget.elements(input.length);
    return Array.from(input, (character) => character.codePointAt(0) ?? 0);
  }),
  'implode/0': unary((input, budget) => {
    if (!isArray(input)) throw new JqError('implode input must be an array');
    budget.elements(input.length);
    return input.map(character).join('');
  }),
  'ascii_downcase/0': unary((input) =>
    letters(input, 'explode').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
  ),
  'ascii_upcase/0': unary((input) => letters(input, 'explode').replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())),
  'ascii/0': unary((input) => {
    if (typeof input !== 'number') throw typeError(input, 'is not a number');
    return String.fromCodePoint(Math.trunc(input) & 0x7f);
  }),
  'format/1': valued((input, [name], budget) => {
    if (typeof name !== 'string') throw typeError(name, 'is not a valid format');
    return formatValue(name, input, budget);
  }),
};

/** Positions, counted in code points, at which `part` occurs, overlapping ones too; none for an empty part. */
export function textIndices(text: string, part: string, budget: Budget): number[] | null {
  budget.characters(text.length);
  if (part === '') return null;
  const found: number[] = [];
  let points = 0;
  let counted = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    budget.step();
    for (; counted < at; counted++) if ((text.charCodeAt(counted) & 0xfc00) !== 0xdc00) points++;
    found.push(points);
  }
  return found;
}

function pair(input: unknown, part: unknown, name: string): string {
  if (typeof input === 'string' && typeof part === 'string') return input;
  throw new JqError(`${name}() requires string inputs`);
}

function trimStart(input: unknown, part: unknown): unknown {
  const text = pair(input, part, 'startswith');
  return text.startsWith(String(part)) ? text.slice(String(part).length) : text;
}

function trimEnd(input: unknown, part: unknown): unknown {
  const text = pair(input, part, 'endswith');
  return text.endsWith(String(part)) ? text.slice(0, text.length - String(part).length) : text;
}

function trim(input: unknown, start: boolean, end: boolean): string {
  if (typeof input !== 'string') throw new JqError('trim input must be a string');
  let [from, to] = [0, input.length];
  if (start) while (from < to && SPACE.test(input[from] ?? '')) from++;
  if (end) while (to > from && SPACE.test(input[to - 1] ?? '')) to--;
  return input.slice(from, to);
}

function letters(input: unknown, name: string): string {
  if (typeof input === 'string') return input;
  throw new JqError(`${name} input must be a string`);
}

function character(point: unknown): string {
  if (typeof point !== 'number' || Number.isNaN(point)) {
    throw typeError(point, "can't be imploded, unicode codepoint needs to be numeric");
  }
  const code = Math.trunc(point);
  const valid = code >= 0 && code <= MOST_CODE_POINT && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : REPLACEMENT;
}
