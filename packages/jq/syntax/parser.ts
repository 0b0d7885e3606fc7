import { MAX_PROGRAM } from '../bounds.ts';
import { JqBoundError, JqSyntaxError } from '../errors.ts';
import type { AssignOperator, BinaryOperator, FunctionDefinition, Node } from './ast.ts';
import { lex } from './lexer.ts';
import { parsePatterns } from './patterns.ts';
import { parseTerm } from './terms.ts';
import { Tokens, type Grammar } from './tokens.ts';

type Associativity = 'left' | 'right' | 'none';
interface Operator {
  readonly level: number;
  readonly associativity: Associativity;
}

/** jq's precedence (src/parser.y, 1.8), loosest first; `|` and `,` are above these. */
const LEVELS: readonly (readonly [Associativity, string])[] = [
  ['right', '//'],
  ['none', '= |= += -= *= /= %= //='],
  ['left', 'or'],
  ['left', 'and'],
  ['none', '== != < <= > >='],
  ['left', '+ -'],
  ['left', '* / %'],
];
const OPERATORS = new Map<string, Operator>(
  LEVELS.flatMap(([associativity, names], level) =>
    names.split(' ').map((name): [string, Operator] => [name, { level, associativity }]),
  ),
);
const ASSIGNMENT_LEVEL = 1;

/** Parses a whole program; throws JqSyntaxError with the place. An empty program is the identity, as in jq. */
export function parse(source: string): Node {
  if (source.length > MAX_PROGRAM) {
    throw new JqBoundError('program', MAX_PROGRAM, `The program has more than ${MAX_PROGRAM} characters.`);
  }
  const tokens = readTokens(source);
  refuseModules(tokens);
  const program = tokens.peek().kind === 'end' ? ({ kind: 'identity', at: 0 } as const) : tokens.query();
  if (tokens.peek().kind !== 'end') throw trailing(tokens);
  return program;
}

/** The tokens of a source, ready to be parsed. */
export function readTokens(source: string): Tokens {
  return new Tokens(lex(source), source, GRAMMAR);
}

const GRAMMAR: Grammar = { query: parseQuery, expression: (tokens) => parseExpression(tokens, 0), term: parseTerm };

function parseQuery(tokens: Tokens): Node {
  const at = tokens.peek().at;
  const left = parseCommas(tokens);
  if (!tokens.take('|')) return left;
  return { kind: 'pipe', left, right: tokens.query(), at };
}

/** `least` is the loosest level that may be taken. */
function parseExpression(tokens: Tokens, least: number): Node {
  let left = tokens.term();
  for (;;) {
    const token = tokens.peek();
    const operator = token.kind === 'operator' || token.kind === 'keyword' ? OPERATORS.get(token.text) : undefined;
    if (operator === undefined || operator.level < least) return left;
    tokens.next();
    const tighter = operator.associativity === 'right' ? operator.level : operator.level + 1;
    const right = tokens.nested(() => parseExpression(tokens, tighter));
    left = combine(token.text, operator, left, right);
    if (operator.associativity === 'none') refuseChain(tokens, operator, token.text);
  }
}

/** Parses `def name(parameters): body;`. */
export function parseDefinition(tokens: Tokens): FunctionDefinition {
  tokens.expect('def', 'to define a function');
  const name = tokens.next();
  if (name.kind !== 'name' && name.kind !== 'keyword') {
    throw new JqSyntaxError('A function name must follow "def".', name.at, 'For example: def double: . * 2;');
  }
  const parameters: { name: string; byValue: boolean }[] = [];
  if (tokens.take('(')) {
    do {
      const parameter = tokens.next();
      if (!['name', 'keyword', 'variable'].includes(parameter.kind)) {
        throw new JqSyntaxError(
          'A parameter name is expected here.',
          parameter.at,
          'For example: def f(g; $value): …;',
        );
      }
      parameters.push({ name: parameter.text, byValue: parameter.kind === 'variable' });
    } while (tokens.take(';'));
    tokens.expect(')', 'after the parameters');
  }
  tokens.expect(':', 'before the body of the function');
  const body = tokens.query();
  tokens.expect(';', 'after the body of the function');
  return { name: name.text, parameters, body };
}

/** `,` is left-associative; a binding or definition takes all that follows. */
function parseCommas(tokens: Tokens): Node {
  let left = parseStatement(tokens);
  while (tokens.is(',')) {
    const { at } = tokens.next();
    left = { kind: 'comma', left, right: parseStatement(tokens), at };
  }
  return left;
}

function parseStatement(tokens: Tokens): Node {
  const { at } = tokens.peek();
  if (tokens.is('def')) {
    const definition = parseDefinition(tokens);
    return { kind: 'define', definition, body: tokens.query(), at };
  }
  if (tokens.is('label')) return parseLabel(tokens);
  const source = tokens.expression();
  if (!tokens.take('as')) return source;
  const patterns = parsePatterns(tokens);
  tokens.expect('|', 'after the variables');
  return { kind: 'bind', source, patterns, body: tokens.query(), at };
}

function parseLabel(tokens: Tokens): Node {
  const { at } = tokens.next();
  const name = tokens.next();
  if (name.kind !== 'variable') {
    throw new JqSyntaxError('A name with "$" must follow "label".', name.at, 'For example: label $out | … break $out');
  }
  tokens.expect('|', 'after the label');
  return { kind: 'label', name: name.text, body: tokens.query(), at };
}

function combine(text: string, operator: Operator, left: Node, right: Node): Node {
  const { at } = left;
  if (operator.level === ASSIGNMENT_LEVEL) return { kind: 'assign', operator: text as AssignOperator, left, right, at };
  if (text === '//') return { kind: 'alternative', left, right, at };
  if (text === 'and' || text === 'or') return { kind: text, left, right, at };
  return { kind: 'binary', operator: text as BinaryOperator, left, right, at };
}

function refuseChain(tokens: Tokens, operator: Operator, text: string): void {
  const next = tokens.peek();
  if (next.kind !== 'operator' || OPERATORS.get(next.text)?.level !== operator.level) return;
  throw new JqSyntaxError(
    `"${text}" and "${next.text}" cannot follow one another.`,
    next.at,
    'Put one of the two in parentheses, or join two comparisons with "and".',
  );
}

function refuseModules(tokens: Tokens): void {
  for (const word of ['import', 'include', 'module']) {
    if (!tokens.is(word)) continue;
    throw new JqSyntaxError(
      `"${word}" is not available: a definition has no modules.`,
      tokens.peek().at,
      'Define the functions in the program with "def".',
    );
  }
}

function trailing(tokens: Tokens): JqSyntaxError {
  const only = tokens.is(';') || tokens.is(':') ? ' Only inside calls and definitions does it separate.' : '';
  return tokens.unexpected('the program is already complete here', `Join the parts with "|" or ",".${only}`);
}
