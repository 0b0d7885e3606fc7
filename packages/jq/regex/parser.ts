import { readBracket } from './brackets.ts';
import { exactly, withoutCase } from './classes.ts';
import { escapeTest, readEscape } from './escapes.ts';
import { notLinear, regexFailure } from './failure.ts';
import { readQuantifier } from './quantifiers.ts';
import { Reader } from './reader.ts';
import type { Anchor, CharacterTest, Modes, ParsedPattern, Pattern } from './syntax.ts';

/** Groups inside one another; as many as a person can read, and far fewer than the stack takes. */
const MAX_DEPTH = 100;
const NEWLINE = 10;
const ANCHORS: Readonly<Record<string, Anchor>> = {
  A: 'text-start',
  Z: 'last-line-end',
  z: 'text-end',
  b: 'word',
  B: 'not-word',
};
const GROUP_NAME = /^[\p{L}_][\p{L}\p{M}\p{Nd}_]{0,99}$/u;

/** Parses an Oniguruma pattern (Perl syntax with named groups, as jq uses it); raises JqError where it cannot be used. */
export function parsePattern(source: string, modes: Modes): ParsedPattern {
  const parser = new Parser(source);
  const pattern = parser.choice(modes, 0);
  if (!parser.done) throw regexFailure('unmatched close parenthesis');
  return { pattern, names: parser.names };
}

class Parser {
  readonly names: (string | null)[] = [];
  private readonly reader: Reader;

  constructor(source: string) {
    this.reader = new Reader(source);
  }

  get done(): boolean {
    return this.reader.done;
  }

  /** Alternatives up to a closing parenthesis or the end. */
  choice(modes: Modes, depth: number): Pattern {
    if (depth > MAX_DEPTH) throw regexFailure('too deep nest level');
    const items: Pattern[] = [];
    let current = modes;
    do {
      const branch = this.sequence(current, depth);
      items.push(branch.pattern);
      // Options set inside a branch hold for the following ones too.
      current = branch.modes;
    } while (this.reader.take('|'));
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
  }

  private sequence(modes: Modes, depth: number): { pattern: Pattern; modes: Modes } {
    const items: Pattern[] = [];
    let current = modes;
    while (!this.done && this.reader.peek() !== '|' && this.reader.peek() !== ')') {
      if (current.extended && this.skipSpace()) continue;
      const set = this.options(current);
      if (set !== null) {
        current = set;
        continue;
      }
      items.push(this.quantified(this.atom(current, depth), current));
    }
    return { pattern: { kind: 'sequence', items }, modes: current };
  }

  private quantified(atom: Pattern, modes: Modes): Pattern {
    let item = atom;
    for (;;) {
      if (modes.extended) while (this.skipSpace());
      const quantifier = readQuantifier(this.reader);
      if (quantifier === null) return item;
      item = { kind: 'repeat', item, ...quantifier };
    }
  }

  private atom(modes: Modes, depth: number): Pattern {
    const character = this.reader.next();
    switch (character) {
      case '(':
        return this.group(modes, depth + 1);
      case '[':
        return { kind: 'character', test: readBracket(this.reader, modes.ignoreCase) };
      case '.':
        return { kind: 'character', test: modes.dotAll ? () => true : (point) => point !== NEWLINE };
      case '^':
        return { kind: 'anchor', anchor: modes.lines ? 'line-start' : 'text-start' };
      case '$':
        return { kind: 'anchor', anchor: modes.lines ? 'line-end' : 'last-line-end' };
      case '\\':
        return this.escape(modes);
      case '*':
      case '+':
      case '?':
        throw regexFailure('target of repeat operator is not specified');
      default:
        return literal(exactly(character.codePointAt(0) ?? 0), modes);
    }
  }

  private escape(modes: Modes): Pattern {
    const anchor = ANCHORS[this.reader.peek()];
    if (anchor !== undefined) {
      this.reader.next();
      return { kind: 'anchor', anchor };
    }
    if (this.reader.take('R')) return LINE_BREAK;
    if (this.reader.take('Q')) return this.quoted(modes);
    return literal(escapeTest(readEscape(this.reader)), modes);
  }

  /** `\Q…\E`: all characters between stand for themselves. */
  private quoted(modes: Modes): Pattern {
    const items: Pattern[] = [];
    while (!this.done && !this.reader.take('\\E')) {
      items.push(literal(exactly(this.reader.next().codePointAt(0) ?? 0), modes));
    }
    return { kind: 'sequence', items };
  }

  private group(modes: Modes, depth: number): Pattern {
    const kind = this.groupKind();
    if (kind.kind === 'options') {
      const inner = this.readModes(modes);
      if (!this.reader.take(':')) throw regexFailure('undefined group option');
      return this.close(this.choice(inner, depth));
    }
    if (kind.kind === 'capture') {
      const index = this.names.push(kind.name);
      return { kind: 'group', index, item: this.close(this.choice(modes, depth)) };
    }
    const item = this.close(this.choice(modes, depth));
    return kind.kind === 'plain' ? item : { kind: 'look', item, behind: kind.behind, negative: kind.negative };
  }

  private groupKind():
    | { kind: 'plain' }
    | { kind: 'options' }
    | { kind: 'capture'; name: string | null }
    | { kind: 'look'; behind: boolean; negative: boolean } {
    const { reader } = this;
    if (!reader.take('?')) return { kind: 'capture', name: null };
    if (reader.take(':')) return { kind: 'plain' };
    if (reader.take('=')) return { kind: 'look', behind: false, negative: false };
    if (reader.take('!')) return { kind: 'look', behind: false, negative: true };
    if (reader.take('<=')) return { kind: 'look', behind: true, negative: false };
    if (reader.take('<!')) return { kind: 'look', behind: true, negative: true };
    if (reader.take('>')) throw notLinear('an atomic group');
    if (reader.take('(')) throw notLinear('a conditional group');
    if (!reader.take('<') && !reader.take('P<')) return { kind: 'options' };
    const name = reader.until('>') ?? '';
    if (!GROUP_NAME.test(name)) throw regexFailure(`invalid group name <${name}>`);
    return { kind: 'capture', name };
  }

  private close(pattern: Pattern): Pattern {
    if (!this.reader.take(')')) throw regexFailure('end pattern with unmatched parenthesis');
    return pattern;
  }

  /** `(?i)` and the like, which hold up to the end of the group; `(?#…)` too. Null where neither stands here. */
  private options(modes: Modes): Modes | null {
    const mark = this.reader.mark();
    if (!this.reader.take('(?')) return null;
    if (this.reader.take('#')) {
      if (this.reader.until(')') === null) throw regexFailure('end pattern in group');
      return modes;
    }
    if (/^[imsx-]$/.test(this.reader.peek())) {
      const next = this.readModes(modes);
      if (this.reader.take(')')) return next;
    }
    this.reader.reset(mark);
    return null;
  }

  private readModes(modes: Modes): Modes {
    const next = { ...modes };
    let on = true;
    for (;;) {
      const letter = this.reader.peek();
      if (letter === '-') on = false;
      else if (letter === 'i') next.ignoreCase = on;
      else if (letter === 'x') next.extended = on;
      else if (letter === 's') next.dotAll = on;
      else if (letter === 'm') next.lines = on;
      else return next;
      this.reader.next();
    }
  }

  /** Skips a space or comment of the extended notation. */
  private skipSpace(): boolean {
    if (this.reader.take('#')) {
      while (!this.done && this.reader.next() !== '\n');
      return true;
    }
    return this.reader.run(' \t\n\r\f\v', 1) !== '';
  }
}

/** `\R`: CR LF, or one character that ends a line. */
const LINE_BREAK: Pattern = {
  kind: 'choice',
  items: [
    {
      kind: 'sequence',
      items: [
        { kind: 'character', test: exactly(13) },
        { kind: 'character', test: exactly(NEWLINE) },
      ],
    },
    { kind: 'character', test: (point) => (point >= 10 && point <= 13) || [0x85, 0x2028, 0x2029].includes(point) },
  ],
};

function literal(test: CharacterTest, modes: Modes): Pattern {
  return { kind: 'character', test: modes.ignoreCase ? withoutCase(test) : test };
}
