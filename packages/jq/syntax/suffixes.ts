import type { Node } from './ast.ts';
import { parseString } from './strings.ts';
import type { Tokens } from './tokens.ts';

/** Parses the suffixes of a term: `.name`, `."name"`, `[key]`, `[from:to]`, `[]`, `.[…]` and `?`. */
export function parseSuffixes(tokens: Tokens, head: Node): Node {
  let term = head;
  // A string or bracket may follow `.` at once: `."a"` and `.[0]` are suffixes of the identity.
  let afterDot = head.kind === 'identity';
  for (;;) {
    const suffixed = parseSuffix(tokens, term, afterDot);
    if (suffixed === null) return term;
    term = suffixed;
    afterDot = false;
  }
}

function parseSuffix(tokens: Tokens, target: Node, afterDot: boolean): Node | null {
  const { kind, at, text } = tokens.peek();
  if (kind === 'field') {
    tokens.next();
    return { kind: 'index', target, key: { kind: 'literal', value: text, at }, optional: tokens.take('?'), at };
  }
  if (afterDot && kind === 'string-start') return parseStringSuffix(tokens, target);
  if (tokens.take('?')) return { kind: 'try', body: target, handler: null, at };
  if (tokens.is('.') && (tokens.peek(1).kind === 'string-start' || tokens.is('[', 1))) {
    tokens.next();
    return tokens.is('[') ? parseBracket(tokens, target) : parseStringSuffix(tokens, target);
  }
  return tokens.is('[') ? parseBracket(tokens, target) : null;
}

function parseStringSuffix(tokens: Tokens, target: Node): Node {
  const { at } = tokens.peek();
  const key = parseString(tokens);
  return { kind: 'index', target, key, optional: tokens.take('?'), at };
}

function parseBracket(tokens: Tokens, target: Node): Node {
  const { at } = tokens.next();
  if (tokens.take(']')) return { kind: 'iterate', target, optional: tokens.take('?'), at };
  const from = tokens.is(':') ? null : tokens.query();
  if (tokens.take(':')) {
    const to = tokens.is(']') ? null : tokens.query();
    tokens.expect(']', 'to close the slice');
    return { kind: 'slice', target, from, to, optional: tokens.take('?'), at };
  }
  tokens.expect(']', 'to close the bracket');
  return { kind: 'index', target, key: from ?? { kind: 'literal', value: null, at }, optional: tokens.take('?'), at };
}
