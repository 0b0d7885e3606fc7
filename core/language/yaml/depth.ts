import { Lexer } from 'yaml';
import { MAX_DEPTH } from '../limits.ts';

/** `\x02` document, `\x18` end of a broken flow, `\x1f` scalar: marks of the lexer that have no length in the text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * Offset at which a text nests deeper than `MAX_DEPTH`, or undefined. Looks at tokens, before anything recurses: the
 * parser would answer a file of a million brackets with a stack overflow.
 */
export function tooDeepAt(text: string): number | undefined {
  const nesting = new Nesting();
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) continue;
    nesting.see(token);
    if (nesting.depth > MAX_DEPTH) return offset;
    offset += token.length;
  }
  return undefined;
}

/** Levels that are open: indentation of lines, list marks on one line, brackets. */
class Nesting {
  #indents: number[] = [];
  #marks = 0;
  #brackets = 0;
  #atLineStart = true;

  get depth(): number {
    return this.#indents.length + this.#marks + this.#brackets;
  }

  see(token: string): void {
    if (token.endsWith('\n')) {
      this.#atLineStart = true;
      return;
    }
    if (this.#atLineStart && !token.startsWith('#')) this.#startLine(token);
    if (token === '[' || token === '{') this.#brackets++;
    else if (token === ']' || token === '}') this.#brackets--;
    else if (token === '-' || token === '?') this.#marks++;
  }

  #startLine(token: string): void {
    const indent = token.trim() === '' ? token.length : 0;
    while ((this.#indents.at(-1) ?? -1) >= indent) this.#indents.pop();
    this.#indents.push(indent);
    this.#marks = 0;
    this.#atLineStart = false;
  }
}
