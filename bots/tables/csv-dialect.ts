import { businessException } from '../../core/model/problem.ts';
import type { CsvDialect } from '../../core/settings/ledgers.ts';

/** One row of a file, by column title. */
export type Row = Readonly<Record<string, string>>;

/** A date as the target writes it: YYYY (or YY), MM and DD of the pattern are replaced. */
export function formatDate(iso: string, { date }: Pick<CsvDialect, 'date'>): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return date.replace('YYYY', year).replace('YY', year.slice(2)).replace('MM', month).replace('DD', day);
}

/** An amount with the target's decimal sign, two places, no thousands. */
export function formatAmount(amount: string, { decimal }: Pick<CsvDialect, 'decimal'>): string {
  return amount.replace('.', decimal);
}

/** What of a dialect the lines are made of. */
type Lines = Pick<CsvDialect, 'delimiter' | 'quote' | 'newline' | 'header'>;

/** Lines of the file in its dialect (RFC 4180 but for delimiter, quote and line end), each with its line end. */
export function formatRows(rows: readonly Row[], columns: readonly string[], dialect: Lines): string[] {
  return rows.map((row) =>
    formatLine(
      columns.map((column) => row[column] ?? ''),
      dialect,
    ),
  );
}

/** The line of column titles; empty where the target wants none. */
export function formatHead(columns: readonly string[], dialect: Lines): string {
  return dialect.header ? formatLine(columns, dialect) : '';
}

function formatLine(cells: readonly string[], { delimiter, quote, newline }: Lines): string {
  const special = new RegExp(`[\\r\\n${escape(delimiter)}${escape(quote)}]`);
  const written = cells.map((cell) =>
    special.test(cell) ? quote + cell.replaceAll(quote, quote + quote) + quote : cell,
  );
  return written.join(delimiter) + (newline === 'crlf' ? '\r\n' : '\n');
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&');

/**
 * Text in the target's encoding; every single-byte encoding of the WHATWG standard, or UTF-8.
 * @throws a business exception `unencodable-value` that names the characters that it lacks.
 */
export function encode(text: string, { encoding }: { encoding: string }): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const decoder = new TextDecoder(encoding);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  const lacking = new Set<string>();
  const bytes = Array.from(text, (character) => {
    const byte = byteOf.get(character);
    if (byte === undefined) lacking.add(character);
    return byte ?? 0;
  });
  if (lacking.size === 0) return Uint8Array.from(bytes);
  const detail = `the file is in ${encoding}, which lacks "${[...lacking].join('')}"; write the value without`;
  throw businessException('unencodable-value', detail);
}
