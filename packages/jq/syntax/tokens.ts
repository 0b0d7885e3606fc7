import { MAX_SYNTAX_DEPTH } from '../bounds.ts';
import { JqBoundError, JqSyntaxError } from '../errors.ts';
import type { Node } from './ast.ts';
import type { Token } from './lexer.ts';

const CLOSERS = new Set([')', ']', '}', 'end', 'then', 'elif', 'else', ';']);

/**
 * The three levels of the grammar, which contain one another: handed in, so that the files of the parser need not
 * import one another in a circle.
 */
export interface Grammar {
  readonly query: (tokens: Tokens) => Node;
  readonly expression: (tokens: Tokens) => Node;
  readonly term: (tokens: Tokens) => Node;
}

/** The tokens of a program with a place in them; also guards the depth of the parser's recursion. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private readonly source: string;
  private readonly grammar: Grammar;
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], source: string, grammar: Grammar) {
    this.tokens = tokens;
    this.source = source;
    this.grammar = grammar;
  }

  /** Parses what may stand in brackets: definitions, bindings, labels, `|` and `,`. */
  query(): Node {
    return this.nested(() => this.grammar.query(this));
  }

  /** Parses operators, without `,` and `|`. */
  expression(): Node {
    return this.nested(() => this.grammar.expression(this));
  }

  /** Parses a term with its suffixes (`.a`, `[0]`, `[]`, `?`). */
  term(): Node {
    return this.nested(() => this.grammar.term(this));
  }

  /** The line of an offset, from 1. */
  lineOf(offset: number): number {
    return this.source.slice(0, offset).split('\n').length;
  }

  /** The token `ahead` places from here; after the last one, the last one. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.place + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new Error('a token list ends with a token');
    return token;
  }

  /** Takes the next token. */
  next(): Token {
    const token = this.peek();
    this.place++;
    return token;
  }

  /** True where the next token is this operator or keyword. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'operator' || token.kind === 'keyword') && token.text === text;
  }

  /** Takes the next token where it is this operator or keyword. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.place++;
    return true;
  }

  /** Takes this operator or keyword, or says that it is missing and why it is needed. */
  expect(text: string, why: string): Token {
    if (this.is(text)) return this.next();
    throw this.unexpected(`"${text}" is expected here ${why}`, `Add "${text}".`);
  }

  /** The error for the next token: `expected` says what should stand there. */
  unexpected(expected: string, hint: string): JqSyntaxError {
    const token = this.peek();
    if (token.kind === 'end') return new JqSyntaxError(`The program ends too early: ${expected}.`, token.at, hint);
    const found = token.kind === 'string-start' ? 'a string' : `"${token.text}"`;
    const stray = CLOSERS.has(token.text) ? ` Or remove ${found}.` : '';
    return new JqSyntaxError(`Unexpected ${found}: ${expected}.`, token.at, hint + stray);
  }

  /** Runs a part of the parser one level deeper. */
  nested<T>(parse: () => T): T {
    if (++this.depth > MAX_SYNTAX_DEPTH) {
      throw new JqBoundError('program', MAX_SYNTAX_DEPTH, `The program is nested deeper than ${MAX_SYNTAX_DEPTH}.`);
    }
    const result = parse();
    this.depth--;
    return result;
  }
}
