import { JqSyntaxError } from '../errors.ts';
import type { Node, StringPart } from './ast.ts';
import type { Tokens } from './tokens.ts';

/** Formats a string may have (`@csv "…\(.row)…"`). */
export const FORMATS: ReadonlySet<string> = new Set(
  'text json csv tsv html uri urid sh base64 base64d base32 base32d'.split(' '),
);

/** Parses a string, with or without a format before it, or a format alone. */
export function parseString(tokens: Tokens): Node {
  const { at } = tokens.peek();
  const format = tokens.peek().kind === 'format' ? parseFormat(tokens) : null;
  if (tokens.peek().kind !== 'string-start') {
    return { kind: 'format', name: format ?? 'text', at };
  }
  tokens.next();
  const parts: StringPart[] = [];
  for (;;) {
    const token = tokens.next();
    if (token.kind === 'text') parts.push(token.text);
    else if (token.kind === 'interpolation') parts.push(parseInterpolation(tokens));
    else break;
  }
  const [first = '', second] = parts;
  if (second === undefined && typeof first === 'string') return { kind: 'literal', value: first, at };
  return { kind: 'string', format: format ?? 'text', parts, at };
}

function parseInterpolation(tokens: Tokens): Node {
  const query = tokens.query();
  if (tokens.next().kind !== 'interpolation-end') {
    throw new JqSyntaxError('The "\\(" in a string is not closed here.', query.at, 'Close it with ")".');
  }
  return query;
}

function parseFormat(tokens: Tokens): string {
  const { text, at } = tokens.next();
  if (FORMATS.has(text)) return text;
  throw new JqSyntaxError(`"@${text}" is not a format.`, at, `The formats are @${[...FORMATS].join(', @')}.`);
}
