import { JqSyntaxError } from '../errors.ts';
import { parseNumber } from '../values/numbers.ts';
import { lexEscape } from './escapes.ts';

/**
 * A token. Strings come as a run: `string-start`, `text` and `interpolation` … `interpolation-end` between,
 * `string-end`. `keyword`s may also be object keys and field names.
 */
export interface Token {
  readonly kind:
    | 'number'
    | 'name'
    | 'keyword'
    | 'field'
    | 'variable'
    | 'format'
    | 'operator'
    | 'string-start'
    | 'text'
    | 'interpolation'
    | 'interpolation-end'
    | 'string-end'
    | 'end';
  readonly text: string;
  readonly at: number;
  readonly value?: number;
}

const KEYWORDS = new Set(
  'as def module import include if then else elif end and or reduce foreach try catch label break'.split(' '),
);
/** Longest first, so that `?//=` and the like split as jq splits them. */
const OPERATORS = ['?//', '//=', '|=', '+=', '-=', '*=', '/=', '%=', '==', '!=', '<=', '>=', '//', '..'].concat(
  '. [ ] { } ( ) | , : ; = < > + - * / % ? $'.split(' '),
);
const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

// These patterns are the project's own, anchored and without nested repetition: they cannot backtrack.
const SPACE = /[ \r\n\t]+/y;
const NAME = /(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y;
const FIELD = /\.[a-zA-Z_][a-zA-Z_0-9]*/y;
const FORMAT = /@[a-zA-Z0-9_]+/y;
const NUMBER = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const TEXT = /[^"\\]+/y;

/** Splits jq source into tokens; throws JqSyntaxError at what no token can begin with. */
export function lex(source: string): Token[] {
  return new Lexer(source).run();
}

class Lexer {
  private readonly source: string;
  private readonly tokens: Token[] = [];
  /** Brackets still open, as the closing ones expected; `"` stands for an interpolation inside a string. */
  private readonly open: string[] = [];
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  run(): Token[] {
    while (this.at < this.source.length) this.next();
    if (this.open.length > 0) throw this.unclosed();
    this.push('end', '');
    return this.tokens;
  }

  private next(): void {
    const character = this.source[this.at] ?? '';
    if (this.match(SPACE) !== null) return;
    if (character === '#') return this.comment();
    if (character === '"') return this.string();
    const field = this.match(FIELD);
    if (field !== null) return this.push('field', field.slice(1), field.length);
    const number = this.match(NUMBER);
    if (number !== null) return this.number(number);
    const format = this.match(FORMAT);
    if (format !== null) return this.push('format', format.slice(1), format.length);
    const name = this.match(NAME);
    if (name !== null) return this.push(KEYWORDS.has(name) ? 'keyword' : 'name', name, name.length);
    if (character === '$') return this.variable();
    this.operator();
  }

  private number(text: string): void {
    this.tokens.push({ kind: 'number', text, at: this.at - text.length, value: parseNumber(text) ?? 0 });
  }

  private variable(): void {
    const start = this.at;
    this.at++;
    this.match(SPACE);
    const name = this.match(NAME);
    if (name === null) {
      throw new JqSyntaxError(
        'A variable name must follow "$".',
        start,
        'Write the name at once after it, for example $invoice.',
      );
    }
    this.tokens.push({ kind: 'variable', text: name, at: start });
  }

  private operator(): void {
    const text = OPERATORS.find((operator) => this.source.startsWith(operator, this.at));
    if (text === undefined) {
      const found = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
      const hint = found === "'" ? 'Strings are written in double quotes.' : 'Remove it, or put text in double quotes.';
      throw new JqSyntaxError(`The character ${JSON.stringify(found)} has no meaning in jq here.`, this.at, hint);
    }
    const closing = CLOSING[text];
    if (closing !== undefined) this.open.push(closing);
    else if (text === ')' || text === ']' || text === '}') return this.close(text);
    this.push('operator', text, text.length);
  }

  private close(text: string): void {
    const expected = this.open.pop();
    if (expected === '"' && text === ')') {
      this.push('interpolation-end', text, 1);
      return this.stringBody();
    }
    if (expected !== text) {
      const hint =
        expected === undefined
          ? 'Remove it, or open it before.'
          : `Close with "${expected === '"' ? ')' : expected}" first.`;
      throw new JqSyntaxError(`The "${text}" closes nothing.`, this.at, hint);
    }
    this.push('operator', text, 1);
  }

  private comment(): void {
    // As in Tcl, a backslash before the line end continues the comment (jq 1.7).
    while (this.at < this.source.length && this.source[this.at] !== '\n') {
      if (this.source[this.at] !== '\\') this.at++;
      else this.at += this.source.startsWith('\r\n', this.at + 1) ? 3 : 2;
    }
  }

  private string(): void {
    this.push('string-start', '"', 1);
    this.stringBody();
  }

  private stringBody(): void {
    let text = '';
    const start = this.at;
    for (;;) {
      text += this.match(TEXT) ?? '';
      const character = this.source[this.at];
      if (character === undefined) throw this.unclosedString(start);
      if (character === '"' || this.source.startsWith('\\(', this.at)) break;
      const escape = lexEscape(this.source, this.at);
      text += escape.text;
      this.at = escape.end;
    }
    if (text !== '') this.tokens.push({ kind: 'text', text, at: start });
    if (this.source[this.at] === '"') return this.push('string-end', '"', 1);
    this.push('interpolation', '\\(', 2);
    this.open.push('"');
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  /** Adds a token of `length` characters; `match` has already moved past what it found. */
  private push(kind: Token['kind'], text: string, length = 0): void {
    const matched = kind === 'field' || kind === 'format' || kind === 'name' || kind === 'keyword';
    this.tokens.push({ kind, text, at: matched ? this.at - length : this.at });
    if (!matched) this.at += length;
  }

  private unclosed(): JqSyntaxError {
    const expected = this.open.at(-1) === '"' ? ')' : (this.open.at(-1) ?? '');
    return new JqSyntaxError(
      `A "${expected}" is missing at the end.`,
      this.source.length,
      `Add "${expected}" where it belongs.`,
    );
  }

  private unclosedString(start: number): JqSyntaxError {
    return new JqSyntaxError('A string does not end.', start, 'Add the closing double quote.');
  }
}
