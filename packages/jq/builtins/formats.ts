import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { toJson, toText, typeError } from '../values/text.ts';
import { isArray } from '../values/types.ts';
import { decodeBase32, decodeBase64, encodeBase32, encodeBase64 } from './base.ts';
import { decodeUri, encodeUri } from './uri.ts';

const HTML: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' };
const TSV: Record<string, string> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

/** Writes a value in one of jq's formats (`@csv` …). */
export function formatValue(name: string, value: unknown, budget: Budget): string {
  const write = FORMATTERS[name];
  if (write === undefined) throw new JqError(`${name} is not a valid format`);
  const text = write(value);
  budget.characters(text.length);
  return text;
}

const FORMATTERS: Readonly<Record<string, (value: unknown) => string>> = {
  text: toText,
  json: (value) => toJson(value),
  html: (value) => toText(value).replaceAll(/[<>&'"]/g, (character) => HTML[character] ?? character),
  csv: (value) => row(value, 'csv', ',', (text) => `"${text.replaceAll('"', '""')}"`),
  tsv: (value) =>
    row(value, 'tsv', '\t', (text) => text.replaceAll(/[\t\r\n\\]/g, (character) => TSV[character] ?? character)),
  sh: (value) => (isArray(value) ? value : [value]).map(shell).join(' '),
  uri: (value) => encodeUri(toText(value)),
  urid: (value) => decodeUri(value),
  base64: (value) => encodeBase64(toText(value)),
  base64d: (value) => decodeBase64(value),
  base32: (value) => encodeBase32(toText(value)),
  base32d: (value) => decodeBase32(value),
};

function row(value: unknown, format: string, separator: string, quote: (text: string) => string): string {
  if (!isArray(value)) throw typeError(value, `cannot be ${format}-formatted, only array`);
  return value.map((cell) => writeCell(cell, quote)).join(separator);
}

function writeCell(cell: unknown, quote: (text: string) => string): string {
  if (typeof cell === 'string') return quote(cell);
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : toJson(cell);
  if (cell === null || cell === undefined) return '';
  throw typeError(cell, 'is not valid in a csv row');
}

function shell(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "'\\''")}'`;
  if (typeof value === 'object' && value !== null) throw typeError(value, 'can not be escaped for shell');
  return toJson(value);
}
