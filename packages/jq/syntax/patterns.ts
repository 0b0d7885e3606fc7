import { JqSyntaxError } from '../errors.ts';
import type { Node, Pattern, PatternEntry } from './ast.ts';
import { parseString } from './strings.ts';
import type { Tokens } from './tokens.ts';

/** Parses what follows `as`: one pattern, or alternatives separated by `?//`. */
export function parsePatterns(tokens: Tokens): Pattern[] {
  const patterns = [parsePattern(tokens)];
  while (tokens.take('?//')) patterns.push(parsePattern(tokens));
  return patterns;
}

function parsePattern(tokens: Tokens): Pattern {
  return tokens.nested(() => {
    if (tokens.peek().kind === 'variable') return { kind: 'variable', name: tokens.next().text };
    if (tokens.take('[')) return { kind: 'array', items: parseList(tokens, ']', parsePattern) };
    if (tokens.take('{')) return { kind: 'object', entries: parseList(tokens, '}', parseEntry) };
    throw tokens.unexpected(
      'a variable or a pattern must follow "as"',
      'For example: as $x, as [$a, $b], as {name: $n}.',
    );
  });
}

function parseList<T>(tokens: Tokens, close: string, parse: (tokens: Tokens) => T): T[] {
  const items = [parse(tokens)];
  while (tokens.take(',')) items.push(parse(tokens));
  tokens.expect(close, 'to close the pattern');
  return items;
}

function parseEntry(tokens: Tokens): PatternEntry {
  const token = tokens.peek();
  if (token.kind === 'variable') {
    tokens.next();
    const entry = { key: literal(token.text, token.at), variable: token.text };
    return tokens.take(':') ? { ...entry, value: parsePattern(tokens) } : entry;
  }
  const key = parseKey(tokens);
  tokens.expect(':', 'between the key and its pattern');
  return { key, value: parsePattern(tokens) };
}

function parseKey(tokens: Tokens): Node {
  const token = tokens.peek();
  if (token.kind === 'name' || token.kind === 'keyword') {
    tokens.next();
    return literal(token.text, token.at);
  }
  if (token.kind === 'string-start' || token.kind === 'format') return parseString(tokens);
  if (!tokens.take('(')) throw tokens.unexpected('a key is expected', 'Write {key: $variable} or {$variable}.');
  const key = tokens.query();
  tokens.expect(')', 'to close the key');
  refuseConstantKey(key);
  return key;
}

/** A key that can never be a string is refused before it runs, as jq does. */
export function refuseConstantKey(key: Node): void {
  if (key.kind !== 'literal' || typeof key.value === 'string') return;
  throw new JqSyntaxError(
    `${String(key.value)} cannot be an object key.`,
    key.at,
    'Keys are strings: put it in double quotes.',
  );
}

function literal(value: string, at: number): Node {
  return { kind: 'literal', value, at };
}
