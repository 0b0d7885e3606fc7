import { JqSyntaxError } from '../errors.ts';
import type { Node, ObjectEntry } from './ast.ts';
import { parsePatterns, refuseConstantKey } from './patterns.ts';
import { parseString } from './strings.ts';
import type { Tokens } from './tokens.ts';
import { parseSuffixes } from './suffixes.ts';

const CONSTANTS: Record<string, unknown> = { null: null, true: true, false: false };

/** Parses a term with its suffixes (`.a`, `[0]`, `[]`, `?`). */
export function parseTerm(tokens: Tokens): Node {
  return parseSuffixes(tokens, parseHead(tokens));
}

function parseHead(tokens: Tokens): Node {
  const token = tokens.peek();
  const { at, text } = token;
  switch (token.kind) {
    case 'number':
      tokens.next();
      return { kind: 'literal', value: token.value ?? 0, at };
    case 'string-start':
    case 'format':
      return parseString(tokens);
    case 'field':
      return { kind: 'identity', at };
    case 'variable':
      tokens.next();
      return text === '__loc__' ? location(tokens, at) : { kind: 'variable', name: text, at };
    case 'name':
      tokens.next();
      return Object.hasOwn(CONSTANTS, text)
        ? { kind: 'literal', value: CONSTANTS[text], at }
        : parseCall(tokens, text, at);
    case 'keyword':
      return parseKeyword(tokens);
    default:
      return parseSymbol(tokens);
  }
}

function parseSymbol(tokens: Tokens): Node {
  const { at } = tokens.peek();
  if (tokens.take('..')) return { kind: 'recurse', at };
  if (tokens.take('.')) return { kind: 'identity', at };
  if (tokens.take('-')) return { kind: 'negate', operand: tokens.term(), at };
  if (tokens.take('(')) {
    const query = tokens.query();
    tokens.expect(')', 'to close the parenthesis');
    // Parentheses end a path of suffixes: `(.a).b?` and `.a.b?` differ in what they catch, so the node stays as it is.
    return query;
  }
  if (tokens.take('[')) {
    if (tokens.take(']')) return { kind: 'array', body: null, at };
    const body = tokens.query();
    tokens.expect(']', 'to close the array');
    return { kind: 'array', body, at };
  }
  if (tokens.take('{')) return { kind: 'object', entries: parseEntries(tokens), at };
  throw tokens.unexpected(
    'a value, a path or a function is expected',
    'For example .name, "text", 12, [ … ] or length.',
  );
}

function parseKeyword(tokens: Tokens): Node {
  const { at, text } = tokens.next();
  if (text === 'if') return parseIf(tokens, at);
  if (text === 'try') {
    const body = tokens.term();
    return { kind: 'try', body, handler: tokens.take('catch') ? tokens.term() : null, at };
  }
  if (text === 'reduce' || text === 'foreach') return parseFold(tokens, text, at);
  if (text === 'break') {
    const name = tokens.next();
    if (name.kind === 'variable') return { kind: 'break', name: name.text, at };
    throw new JqSyntaxError('"break" needs the label to leave.', name.at, 'For example: label $out | … break $out');
  }
  if (text === 'def' || text === 'label') {
    throw new JqSyntaxError(
      `"${text}" cannot stand in the middle of an expression.`,
      at,
      'Put the part that begins with it in parentheses.',
    );
  }
  throw new JqSyntaxError(
    `"${text}" is a keyword and cannot be used here.`,
    at,
    `For a field of this name write .${text} or ."${text}".`,
  );
}

function parseIf(tokens: Tokens, at: number): Node {
  return tokens.nested(() => {
    const condition = tokens.query();
    tokens.expect('then', 'after the condition of "if"');
    const then = tokens.query();
    const next = tokens.peek();
    if (tokens.take('elif')) return { kind: 'if', condition, then, otherwise: parseIf(tokens, next.at), at };
    const otherwise = tokens.take('else') ? tokens.query() : null;
    tokens.expect('end', 'to close "if"');
    return { kind: 'if', condition, then, otherwise, at };
  });
}

function parseFold(tokens: Tokens, kind: 'reduce' | 'foreach', at: number): Node {
  const source = tokens.expression();
  tokens.expect('as', `after the source of "${kind}"`);
  const patterns = parsePatterns(tokens);
  tokens.expect('(', 'before the initial value');
  const init = tokens.query();
  tokens.expect(';', 'between the initial value and the update');
  const update = tokens.query();
  const extract = kind === 'foreach' && tokens.take(';') ? tokens.query() : null;
  tokens.expect(')', `to close "${kind}"`);
  const fold = { source, patterns, init, update, at };
  return kind === 'reduce' ? { kind, ...fold } : { kind, ...fold, extract };
}

function parseCall(tokens: Tokens, name: string, at: number): Node {
  const args: Node[] = [];
  if (tokens.take('(')) {
    do args.push(tokens.query());
    while (tokens.take(';'));
    tokens.expect(')', `to close the arguments of "${name}" (arguments are separated by ";")`);
  }
  return { kind: 'call', name, args, at };
}

function parseEntries(tokens: Tokens): ObjectEntry[] {
  const entries: ObjectEntry[] = [];
  while (!tokens.take('}')) {
    entries.push(parseEntry(tokens));
    if (!tokens.is('}')) tokens.expect(',', 'between the entries of an object');
  }
  return entries;
}

function parseEntry(tokens: Tokens): ObjectEntry {
  const token = tokens.peek();
  const { at, text } = token;
  if (token.kind === 'variable') {
    tokens.next();
    const name: Node = { kind: 'literal', value: text, at };
    const variable: Node = text === '__loc__' ? location(tokens, at) : { kind: 'variable', name: text, at };
    return tokens.take(':') ? { key: variable, value: parseValue(tokens) } : { key: name, value: variable };
  }
  const key = parseEntryKey(tokens);
  if (tokens.take(':')) return { key, value: parseValue(tokens) };
  if (token.kind === 'operator')
    throw tokens.unexpected('":" and a value must follow the key', 'Write {(key): value}.');
  return { key, value: { kind: 'index', target: { kind: 'identity', at }, key, optional: false, at } };
}

function parseEntryKey(tokens: Tokens): Node {
  const { kind, text, at } = tokens.peek();
  if (kind === 'name' || kind === 'keyword') {
    tokens.next();
    return { kind: 'literal', value: text, at };
  }
  if (kind === 'string-start' || kind === 'format') return parseString(tokens);
  if (tokens.take('(')) {
    const key = tokens.query();
    tokens.expect(')', 'to close the key');
    refuseConstantKey(key);
    return key;
  }
  const hint =
    kind === 'number'
      ? 'Put the number in double quotes: keys are strings.'
      : 'Write {name: value}, {"name": value} or {(program): value}.';
  throw tokens.unexpected('a key is expected', hint);
}

/** The value of an object entry: operators and `|`, but no `,` (that begins the next entry). */
function parseValue(tokens: Tokens): Node {
  return tokens.nested(() => {
    const left = tokens.expression();
    return tokens.take('|') ? { kind: 'pipe', left, right: parseValue(tokens), at: left.at } : left;
  });
}

/** `$__loc__`: the file is always the program itself. */
function location(tokens: Tokens, at: number): Node {
  return { kind: 'literal', value: { file: '<top-level>', line: tokens.lineOf(at) }, at };
}
