import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import type { Encoding, TableDialect } from '../../../core/model/table.ts';
import { decoded } from './encoding.ts';
import { HEADER_SEARCH_ROWS, MAX_CELLS, MAX_RECORD_CHARACTERS, SAMPLE_BYTES } from './limits.ts';
import { type SourceRow, unreadableTable } from './source-row.ts';

/** Delimiters in the order in which they are preferred where several fit: a comma may be a decimal sign. */
const DELIMITERS = [';', '\t', '|', ','] as const;

type Text = { name: string; bytes: Uint8Array; encoding: Encoding };

/**
 * The rows of a text file with delimiters (RFC 4180, in any dialect), one after another: a file of a million rows is
 * never in memory as rows. Throws `table-unreadable` for a quote that is never closed and bytes that the encoding lacks.
 */
export async function* csvRows(file: Text, delimiter: string, quote: string): AsyncGenerator<SourceRow> {
  const parser = parse({ ...options(delimiter, quote), max_record_size: MAX_RECORD_CHARACTERS });
  const source = Readable.from(decoded(file.bytes, file.encoding));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      const cells = record as string[];
      if (cells.length > MAX_CELLS) throw unreadableTable(file.name, `row ${row} has more than ${MAX_CELLS} cells`);
      yield { row, cells: cells.map((text) => ({ text: text.trim() })) };
    }
  } catch (error) {
    throw broken(file, row + 1, error);
  } finally {
    source.destroy();
  }
}

/** The delimiter that parts most of the first rows into the same number of cells; `;` where there is only one column. */
export function delimiterOf({ bytes, encoding }: Text, quote: string): string {
  const decoder = new TextDecoder(encoding);
  const whole = bytes.length <= SAMPLE_BYTES;
  const text = decoder.decode(bytes.subarray(0, SAMPLE_BYTES));
  const sample = whole ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: evenRows(sample, delimiter, quote) }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** How many of the first rows have the most frequent number of cells, where that is more than one. */
function evenRows(sample: string, delimiter: string, quote: string): number {
  const rows = recordsOf(sample, delimiter, quote).filter((cells) => cells.some((cell) => cell.trim() !== ''));
  const times = new Map<number, number>();
  for (const { length } of rows) if (length > 1) times.set(length, (times.get(length) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

function recordsOf(sample: string, delimiter: string, quote: string): string[][] {
  try {
    return parseAtOnce(sample, { ...options(delimiter, quote), to: 2 * HEADER_SEARCH_ROWS });
  } catch (error) {
    // With this delimiter the quotes do not match: it is another one.
    if (error instanceof CsvError) return [];
    throw error;
  }
}

function options(delimiter: string, quote: NonNullable<TableDialect['quote']>) {
  // Inches and names in the middle of a cell are no quotes; rows of other lengths are for whoever reads them to judge.
  return { delimiter, quote, bom: true, relax_quotes: true, relax_column_count: true } as const;
}

function broken({ name, encoding }: Text, row: number, error: unknown): unknown {
  if (error instanceof CsvError) {
    const quoted = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
    const why = quoted ? 'a quote is opened and never closed. Close it, or set dialect.quote' : error.message;
    return unreadableTable(name, `row ${row}: ${why}`, error);
  }
  if (error instanceof TypeError) {
    const fix = 'To fix: set dialect.encoding, for example windows-1250';
    return unreadableTable(name, `after row ${row - 1} there are bytes that are no ${encoding}. ${fix}`, error);
  }
  return error;
}
