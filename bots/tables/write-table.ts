import { Big } from 'big.js';
import ExcelJS from 'exceljs';
import type { CsvDialect } from '../../core/settings/ledgers.ts';
import type { ColumnKind } from '../../core/model/table.ts';
import { encode, formatAmount, formatDate, formatHead, formatRows } from './csv-dialect.ts';
import {
  cellContent,
  type ColumnKind as WorkbookKind,
  type RowValue,
  startsLikeFormula,
} from './workbook/cell-value.ts';
import { MAX_WIDTH, MIN_WIDTH } from './workbook/limits.ts';

export type Written = {
  columns: readonly string[];
  rows: readonly Readonly<Record<string, RowValue>>[];
  kinds: Readonly<Record<string, ColumnKind>>;
};

/** Dialect of a csv that we make: that of imports, in any encoding that a text can be written in. */
export type WriteDialect = Omit<CsvDialect, 'encoding'> & { encoding: string };

/** Titles of all rows in the order met, where nobody says which. */
export function columnsOf(rows: Written['rows']): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** Kinds of a workbook's cells: money stays text, so that its currency stays with it. */
const WORKBOOK_KINDS: Readonly<Record<ColumnKind, WorkbookKind | undefined>> = {
  text: 'text',
  number: 'number',
  amount: 'amount',
  money: 'text',
  date: 'date',
  yesNo: undefined,
};

/** A workbook with one sheet. Text that looks like a formula is text, also when a person edits the cell. */
export async function writeXlsx({ columns, rows, kinds }: Written, name: string): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(name);
  sheet.views = [{ state: 'frozen', xSplit: 0, ySplit: 1 }];
  for (const [at, title] of columns.entries()) {
    const head = sheet.getCell(1, at + 1);
    head.value = title;
    head.font = { bold: true };
    let width = title.length;
    const kind = kinds[title];
    for (const [index, row] of rows.entries()) {
      const cell = sheet.getCell(index + 2, at + 1);
      const { value, format } = cellContent(row[title] ?? null, kind && WORKBOOK_KINDS[kind]);
      cell.value = value;
      if (format !== undefined) cell.numFmt = format;
      width = Math.max(width, cell.text.length);
    }
    sheet.getColumn(at + 1).width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width + 2));
  }
  if (columns.length > 0) sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A csv in a dialect. Throws `unencodable-value` for characters that its encoding lacks. */
export function writeCsv({ columns, rows, kinds }: Written, dialect: WriteDialect): Uint8Array {
  const texts = rows.map((row) =>
    Object.fromEntries(columns.map((title) => [title, cellText(row[title] ?? null, kinds[title], dialect)])),
  );
  const text = formatHead(columns, dialect) + formatRows(texts, columns, dialect).join('');
  return encode(text, dialect);
}

const AMOUNT = /^-?\d{1,15}\.\d{2}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,8})?$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

function cellText(value: RowValue, kind: ColumnKind | undefined, dialect: WriteDialect): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? new Big(value).toFixed() : String(value);
  const isNumber = typeof value === 'number' || (kind === undefined && AMOUNT.test(text));
  if (isNumber || ((kind === 'amount' || kind === 'number') && DECIMAL.test(text))) return formatAmount(text, dialect);
  if ((kind === 'date' || kind === undefined) && ISO_DATE.test(text)) return formatDate(text, dialect);
  // A csv has no types: a spreadsheet takes what begins so for a formula, unless an apostrophe says text (OWASP, "CSV Injection").
  return startsLikeFormula(text) && !DECIMAL.test(text) ? `'${text}` : text;
}
