import type { YAMLParseError } from 'yaml';
import type { Finding } from '../finding.ts';
import type { Source } from './source.ts';

/** Errors of the YAML parser that deserve other words than the parser's own. */
const WORDS: Partial<Record<YAMLParseError['code'], readonly [rule: string, message: string, hint: string]>> = {
  TAB_AS_INDENT: ['yaml/tab', 'a tab is used for indentation', 'indent with spaces, two for each level'],
  MULTIPLE_DOCS: [
    'yaml/several-documents',
    'a second document starts here',
    'keep one definition in one file; remove the line with ---',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'yaml/syntax',
    'a second "name: value" on one line',
    'put a text that holds ": " in quotes, or start a new line',
  ],
  BAD_INDENT: ['yaml/syntax', 'the indentation matches no level above', 'align this line with its siblings'],
};

/**
 * Tells what the parser stumbled over. One finding for each line, and an expression without quotes explains all that
 * follows it, so nothing after it is told.
 */
export function syntaxFindings(source: Source, errors: readonly YAMLParseError[]): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  for (const error of errors) {
    const { line } = source.at(error.pos[0]);
    if (seen.has(line)) continue;
    seen.add(line);
    const unquoted = unquotedExpression(source, line);
    if (unquoted) findings.push(unquoted);
    else if (!findings.some((finding) => finding.rule === UNQUOTED)) findings.push(syntaxFinding(source, error));
  }
  return findings;
}

function syntaxFinding(source: Source, error: YAMLParseError): Finding {
  const words = WORDS[error.code];
  const [rule, message, hint] = words ?? ['yaml/syntax', firstLine(error.message), undefined];
  return source.findingAt(error.pos[0], rule, message, hint);
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? text;
  return `this is not YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}

export const UNQUOTED = 'yaml/unquoted-expression';

/** The first expression on that line that stands outside quotes, told with its mended form. */
function unquotedExpression(source: Source, line: number): Finding | undefined {
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const end = source.text.indexOf('\n', start);
  const text = source.text.slice(start, end === -1 ? undefined : end);
  const index = outsideQuotes(text);
  if (index === undefined) return undefined;
  const expression = expressionFrom(text.slice(index));
  return source.findingAt(
    start + index,
    UNQUOTED,
    `the expression ${expression} is not in quotes, so YAML takes its signs for its own`,
    `write ${quoted(expression)}`,
  );
}

/** An expression of which YAML took the end for a comment: `${ .x # … }`. */
export function cutExpression(source: Source, offset: number, written: string): Finding | undefined {
  if (!written.startsWith('${') || written.includes('}')) return undefined;
  const end = source.text.indexOf('\n', offset);
  const line = source.text.slice(offset, end === -1 ? undefined : end).trimEnd();
  if (!line.slice(written.length).trimStart().startsWith('#')) return undefined;
  return source.findingAt(
    offset,
    UNQUOTED,
    `YAML takes everything after " #" for a comment, so only ${written} is left of this expression`,
    `write ${quoted(line)}`,
  );
}

/** Index of the first `${` that no quote on the same line encloses. */
function outsideQuotes(line: string): number | undefined {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const sign = line.charAt(i);
    if (quote) {
      if (sign === quote) quote = '';
    } else if ((sign === '"' || sign === "'") && /[\s,:[{-]/.test(line.charAt(i - 1) || ' ')) quote = sign;
    else if (sign === '$' && line.charAt(i + 1) === '{') return i;
  }
  return undefined;
}

/** From `${` to the brace that closes it, or to the end of the line. */
function expressionFrom(text: string): string {
  let depth = 0;
  for (let i = 1; i < text.length; i++) {
    if (text.charAt(i) === '{') depth++;
    else if (text.charAt(i) === '}' && --depth === 0) return text.slice(0, i + 1);
  }
  return text.trimEnd();
}

/** As a YAML text in quotes; single quotes, doubled inside, leave jq's own double quotes as they are. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
