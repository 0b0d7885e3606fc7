/** Text with expressions in it, split: literal texts and the sources of `${ … }`, in order. */
export type TemplatePart = { text: string } | { expression: string };

const OPEN = '${';

/**
 * Splits a text at its expressions (DSL "Runtime Expressions"). Braces inside jq strings and objects do not end an
 * expression. An expression that is never closed is plain text, as a shell would not have it, but as "costs ${" needs.
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf(OPEN, from);
    const close = open < 0 ? -1 : endOfExpression(text, open + OPEN.length);
    if (open < 0 || close < 0) {
      if (from < text.length) parts.push({ text: text.slice(from) });
      return parts;
    }
    if (open > from) parts.push({ text: text.slice(from, open) });
    parts.push({ expression: text.slice(open + OPEN.length, close).trim() });
    from = close + 1;
  }
}

/** The source of a text that is one expression and nothing else but blanks; otherwise undefined. */
export function soleExpression(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith(OPEN)) return undefined;
  const close = endOfExpression(trimmed, OPEN.length);
  return close === trimmed.length - 1 ? trimmed.slice(OPEN.length, close).trim() : undefined;
}

/** Source of an expression where the DSL lets `${ }` be left out (`if`, `when`, `from`, `as` …). */
export function expressionSource(text: string): string {
  return soleExpression(text) ?? text.trim();
}

/** Index of the `}` that closes the expression begun at `from`; -1 where none does. */
function endOfExpression(text: string, from: number): number {
  const stack: ('{' | '(' | '"')[] = [];
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    const inside = stack.at(-1);
    if (inside === '"') {
      if (char === '\\' && text[i + 1] === '(') stack.push('(');
      if (char === '\\') i++;
      else if (char === '"') stack.pop();
    } else if (char === '#' && isCommentStart(text, i)) {
      const end = text.indexOf('\n', i);
      if (end < 0) return -1;
      i = end;
    } else if (char === '"' || char === '{' || char === '(') stack.push(char);
    else if (char === ')' && inside === '(') stack.pop();
    else if (char === '}') {
      if (stack.length === 0) return i;
      if (inside === '{') stack.pop();
    }
  }
  return -1;
}

/** A jq comment runs to the end of its line; `#` begins one anywhere outside strings. On a single line it is text. */
function isCommentStart(text: string, at: number): boolean {
  return text.indexOf('\n', at) >= 0;
}
