import { anyOf, between, bracketClass, negated, withoutCase } from './classes.ts';
import { escapeTest, readEscape } from './escapes.ts';
import { regexFailure } from './failure.ts';
import type { Reader } from './reader.ts';
import type { CharacterTest } from './syntax.ts';

/** A bracket may hold brackets; deeper than this it is no longer a pattern that anyone wrote. */
const MAX_DEPTH = 20;

/** Reads `[…]` after its opening bracket, with ranges, escapes, `[:name:]`, nested brackets and `&&`. */
export function readBracket(reader: Reader, ignoreCase: boolean, depth = 0): CharacterTest {
  if (depth > MAX_DEPTH) throw regexFailure('too deep nest level in char class');
  const negative = reader.take('^');
  const parts: CharacterTest[][] = [[]];
  // A closing bracket that comes first stands for itself.
  let first = true;
  for (;;) {
    if (reader.done) throw regexFailure('premature end of char-class');
    if (!first && reader.take(']')) break;
    if (reader.take('&&')) parts.push([]);
    else parts.at(-1)?.push(readItem(reader, ignoreCase, depth));
    first = false;
  }
  const tests = parts.map((part) => anyOf(part));
  const all: CharacterTest = (point) => tests.every((test) => test(point));
  const test = ignoreCase ? withoutCase(all) : all;
  return negative ? negated(test) : test;
}

function readItem(reader: Reader, ignoreCase: boolean, depth: number): CharacterTest {
  if (reader.peek() === '[') {
    const named = readNamed(reader);
    if (named !== null) return named;
    reader.next();
    return readBracket(reader, ignoreCase, depth + 1);
  }
  const first = readEnd(reader);
  if (typeof first !== 'number') return first;
  const ranged = reader.peek() === '-' && reader.peek(1) !== ']' && reader.peek(1) !== '';
  if (!ranged) return between(first, first);
  reader.next();
  const last = readEnd(reader);
  if (typeof last !== 'number') throw regexFailure('char-class value at end of range');
  return between(first, last);
}

/** A code point, or the class that an escape stands for. */
function readEnd(reader: Reader): number | CharacterTest {
  if (reader.take('\\')) {
    if (reader.take('b')) return 8;
    const escape = readEscape(reader);
    return 'point' in escape ? escape.point : escapeTest(escape);
  }
  return reader.next().codePointAt(0) ?? 0;
}

/** `[:name:]` or `[:^name:]`; null where it is not that. */
function readNamed(reader: Reader): CharacterTest | null {
  const mark = reader.mark();
  if (reader.take('[:')) {
    const negative = reader.take('^');
    const test = bracketClass(reader.until(':') ?? '');
    if (test !== null && reader.take(']')) return negative ? negated(test) : test;
  }
  reader.reset(mark);
  return null;
}
