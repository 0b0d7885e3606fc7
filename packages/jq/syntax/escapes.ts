import { JqSyntaxError } from '../errors.ts';

const SIMPLE: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const UNICODE = /\\u([0-9a-fA-F]{4})/y;

/**
 * Reads the escape (RFC 8259, section 7) at `at`. Halves of a surrogate pair that stand alone become U+FFFD, as
 * strings hold whole characters.
 */
export function lexEscape(source: string, at: number): { text: string; end: number } {
  const letter = source[at + 1] ?? '';
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const first = unicodeEscape(source, at);
  if (first === null) {
    throw new JqSyntaxError(
      `"\\${letter}" is not an escape sequence.`,
      at,
      'Write "\\\\" for a backslash; the others are \\" \\/ \\b \\f \\n \\r \\t \\uXXXX and \\(…).',
    );
  }
  if (first < 0xd800 || first > 0xdfff) return { text: String.fromCharCode(first), end: at + 6 };
  const second = first < 0xdc00 ? unicodeEscape(source, at + 6) : null;
  if (second !== null && second >= 0xdc00 && second <= 0xdfff) {
    return { text: String.fromCharCode(first, second), end: at + 12 };
  }
  return { text: '\ufffd', end: at + 6 };
}

function unicodeEscape(source: string, at: number): number | null {
  UNICODE.lastIndex = at;
  const found = UNICODE.exec(source);
  return found?.[1] === undefined ? null : Number.parseInt(found[1], 16);
}
