import type { FixedColumn, TableDialect } from '../../../core/model/table.ts';
import { type Collected, collect } from './collect.ts';
import { csvRows, delimiterOf } from './csv-rows.ts';
import { encodingOf } from './encoding.ts';
import { fixedRows } from './fixed-rows.ts';
import { MAX_TABLE_BYTES } from './limits.ts';
import { odsRows } from './ods-rows.ts';
import { type SourceRows, unreadableTable } from './source-row.ts';
import type { Wanted } from './wanted.ts';
import { xlsxRows } from './xlsx-rows.ts';

export type TableRequest = Omit<Wanted, 'dialect' | 'given'> & {
  name: string;
  bytes: Uint8Array;
  sheet?: string | undefined;
  dialect: TableDialect;
  fixed?: readonly FixedColumn[] | undefined;
  /** The file has a row of titles. */
  titles: boolean;
};

type Opened = {
  format: 'xlsx' | 'ods' | 'csv' | 'fixed';
  rows: SourceRows;
  sheet?: string;
  encoding?: string;
  delimiter?: string;
};

export type TableRead = Collected & Omit<Opened, 'rows'> & { name: string };

/**
 * Reads the rows of a table in a file: a workbook (xlsx, ods), text with delimiters, or text of fixed width. The bytes
 * say which it is, never the name. Throws `table-unreadable`, and what `collect` throws.
 */
export async function readTableFile(request: TableRequest, onProgress?: (note: string) => void): Promise<TableRead> {
  const { rows, ...opened } = await open(request);
  const given = request.fixed?.map(({ title }) => title) ?? (request.titles ? undefined : titlesGiven(request));
  const found = await collect(request.name, rows, { ...request, given }, onProgress);
  return { name: request.name, ...opened, ...found };
}

function titlesGiven({ name, columns }: TableRequest): readonly string[] {
  if (columns) return columns;
  throw unreadableTable(name, 'without a row of titles, "columns" has to name the columns in their order');
}

/** What workbooks begin with: both are ZIP archives. */
const ZIP_MARK = 'PK\u0003\u0004';
/** Old binary workbooks (OLE2), and xlsx files that are encrypted. */
const OLE_MARK = '\u00d0\u00cf\u0011\u00e0';
/** The type of an OpenDocument spreadsheet stands first in its archive, unpacked (ODF 1.3, part 2, 3.3). */
const ODS_MARK = 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet';
const ODS_MARK_AT = 30;

async function open(request: TableRequest): Promise<Opened> {
  const { name, bytes, sheet, fixed, dialect } = request;
  if (bytes.length > MAX_TABLE_BYTES) throw unreadableTable(name, `the file has more than ${MAX_TABLE_BYTES} bytes`);
  const head = Buffer.from(bytes.subarray(0, ODS_MARK_AT + ODS_MARK.length)).toString('latin1');
  if (head.startsWith(OLE_MARK)) {
    throw unreadableTable(
      name,
      'an old binary workbook (.xls) or an encrypted one. Save it as .xlsx without a password',
    );
  }
  if (head.startsWith('%PDF-')) throw unreadableTable(name, 'a PDF, no table. Use document.read for documents');
  if (head.slice(ODS_MARK_AT) === ODS_MARK) return { format: 'ods', ...(await odsRows(name, bytes, sheet)) };
  if (head.startsWith(ZIP_MARK)) return { format: 'xlsx', ...(await xlsxRows(name, bytes, sheet)) };
  const encoding = dialect.encoding ?? encodingOf(bytes);
  const text = { name, bytes, encoding };
  if (fixed) return { format: 'fixed', encoding, rows: fixedRows(text, fixed) };
  const delimiter = dialect.delimiter ?? delimiterOf(text, dialect.quote);
  return { format: 'csv', encoding, delimiter, rows: csvRows(text, delimiter, dialect.quote) };
}
