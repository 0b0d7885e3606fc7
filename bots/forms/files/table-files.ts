import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import type { FileShape } from '../../../core/forms/form.ts';
import { applicationException } from '../../../core/model/problem.ts';
import type { ProblemError } from '../../../core/model/problem.ts';
import { encode, formatHead, formatRows } from '../../tables/csv-dialect.ts';
import { formatValue, parseValue } from '../values/formats.ts';
import { cellsOfPdf } from './pdf-cells.ts';

/** A report of a year of a middle-sized office; more is a mistake, and would not fit into a run's data. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_ROWS = 20_000;
/** What every XLSX begins with: it is a ZIP archive. */
const ZIP_MARK = 'PK';
/** What every PDF begins with (ISO 32000-2, 7.5.2). */
const PDF_MARK = '%PDF-';
/** What old binary workbooks begin with (OLE2). */
const OLE_MARK = '\u00d0\u00cf\u0011\u00e0';
/** How much of a page that came in place of a file is told. */
const TOLD_CHARACTERS = 200;

export type TableRow = Record<string, string>;
type Column = { name: string; heading: string; type: 'text' | 'date' | 'amount' | 'number' };

/** The file that a target imports: rows in the order of the columns, amounts and dates in its dialect, in its encoding. */
export function makeTableFile(shape: FileShape, rows: readonly Record<string, unknown>[]): Uint8Array {
  const columns = columnsOf(shape);
  const headings = columns.map(({ heading }) => heading);
  const formats = formatsOf(shape);
  const written = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, heading, type }) => [heading, formatValue(row[name], type, formats)])),
  );
  const text = formatHead(headings, shape.dialect) + formatRows(written, headings, shape.dialect).join('');
  return encode(text, shape.dialect);
}

/**
 * The rows of a report, CSV in its dialect, XLSX, or a PDF with text: dates ISO 8601, amounts decimal strings. Lines above the headings
 * and a line of totals without all columns are passed over.
 * @throws an application exception that names a page in place of a file, an old binary workbook, or missing headings
 */
export async function readTableFile(shape: FileShape, bytes: Uint8Array): Promise<TableRow[]> {
  if (bytes.length > MAX_FILE_BYTES) throw broken(`the download has ${bytes.length} bytes, over ${MAX_FILE_BYTES}`);
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (head.startsWith(OLE_MARK))
    throw broken('the download is an old binary workbook (XLS); export XLSX or CSV instead');
  if (head.startsWith(ZIP_MARK)) return rowsOf(shape, await cellsOfWorkbook(shape, bytes));
  if (head.startsWith(PDF_MARK)) return rowsOf(shape, await cellsOfPdf(columnsOf(shape), bytes));
  return rowsOf(shape, cellsOfCsv(shape, bytes));
}

function cellsOfCsv({ dialect }: FileShape, bytes: Uint8Array): string[][] {
  const text = new TextDecoder(dialect.encoding).decode(bytes).replace(/^\ufeff/, '');
  if (/^\s*<(!doctype|html|head|body|script)/i.test(text)) throw pageInstead(text);
  const { delimiter, quote } = dialect;
  return parse(text, { delimiter, quote, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
}

async function cellsOfWorkbook({ dialect }: FileShape, bytes: Uint8Array): Promise<string[][]> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Uint8Array.from(bytes).buffer);
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      const value = cell.formula ? cell.result : cell.value;
      // Numbers have no dialect in a workbook: they are written in the one that is read below.
      if (typeof value === 'number') cells[column - 1] = String(value).replace('.', dialect.decimal);
      else cells[column - 1] = value instanceof Date ? value.toISOString().slice(0, 10) : cell.text;
    });
    rows.push(Array.from(cells, (cell) => cell ?? ''));
  });
  return rows;
}

function rowsOf(shape: FileShape, cells: readonly string[][]): TableRow[] {
  const columns = columnsOf(shape);
  const { header } = shape.dialect;
  const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const top = header ? cells.findIndex((row) => columns.every(({ heading }) => row.map(clean).includes(heading))) : -1;
  if (header && top < 0) {
    const found = clean((cells[0] ?? []).join(', ')).slice(0, TOLD_CHARACTERS);
    throw broken(
      `the download has no line with the headings ${columns.map((c) => c.heading).join(', ')}; it begins: ${found}`,
    );
  }
  const places = columns.map(({ heading }, index) => (header ? (cells[top] ?? []).map(clean).indexOf(heading) : index));
  const below = cells.slice(top + 1).filter((row) => row.length > Math.max(...places));
  if (below.length > MAX_ROWS)
    throw broken(`the download has ${below.length} rows, over ${MAX_ROWS}; narrow the report`);
  const formats = formatsOf(shape);
  return below.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }, i) => [name, parseValue(row[places[i] ?? 0] ?? '', type, formats)]),
    ),
  );
}

/** A page that came where a file should: what it says, in one line. */
export function pageInstead(html: string): ProblemError {
  const text = html
    .replace(/<(script|style|head)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return broken(`the download is a page, not a file; it says: ${text.slice(0, TOLD_CHARACTERS)}`);
}

const broken = (detail: string): ProblemError => applicationException('runtime', detail, { retryable: false });

function columnsOf({ columns }: FileShape): Column[] {
  return Object.entries(columns).map(([name, column]) =>
    typeof column === 'string' ? { name, heading: column, type: 'text' as const } : { name, ...column },
  );
}

function formatsOf({ dialect }: FileShape) {
  return { date: dialect.date, decimal: dialect.decimal, thousands: '' as const };
}
