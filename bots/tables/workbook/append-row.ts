import type { Worksheet } from 'exceljs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { cellContent, type ColumnKind, FORMATS, type RowValue, startsLikeFormula } from './cell-value.ts';
import { addColumns, columnOf, findHeader, type Header, KEY_TITLE, widen } from './header.ts';
import { MAX_ATTEMPTS, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_SHEET_NAME_CHARS } from './limits.ts';
import { withLock } from './lock.ts';
import { doesNotFit, inUse } from './problems.ts';
import { loadWorkbook, type Loaded, saveWorkbook } from './workbook-file.ts';

export type AppendRequest = {
  /** The .xlsx file; it and its folder are made when absent. */
  path: string;
  /** Name of the sheet, made when absent. Without it: the first one. */
  sheet?: string;
  /** Identifies the row: one with this key is never written twice. */
  key: string;
  /** Column title to value: amounts as decimal strings, dates as ISO 8601. */
  row: Record<string, RowValue>;
  /** Columns in their order, and what they hold where the values' look would mislead. */
  columns?: { title: string; kind?: ColumnKind }[];
};

export type AppendResult = { sheet: string; row: number; outcome: 'written' | 'already-there' };

/** Name of the first sheet of a workbook that we make. */
const DEFAULT_SHEET = 'Register';

/**
 * Appends one row to a workbook, once per key. Processes take turns by a lock file; the file is replaced whole or not
 * at all. Throws business exceptions `workbook-unreadable`, `workbook-not-writable` (it holds charts, macros, …) and
 * `row-refused`, or a retryable application exception when the file is open elsewhere or the disk fails.
 */
export async function appendRow(request: AppendRequest): Promise<AppendResult> {
  const path = resolve(request.path);
  checkRequest(request);
  await mkdir(dirname(path), { recursive: true });
  return withLock(path, async () => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const loaded = await loadWorkbook(path);
      const result = appendTo(loaded, { ...request, path });
      if (result.outcome === 'already-there' || (await saveWorkbook(path, loaded))) return result;
    }
    throw inUse(path, 'someone who saves it again and again');
  });
}

function appendTo({ workbook }: Loaded, request: AppendRequest): AppendResult {
  const sheet = sheetOf(workbook, request.sheet);
  const titles = titlesOf(request);
  const header = findHeader(sheet, titles);
  const there = findKey(sheet, header, request.key);
  if (there !== undefined) return { sheet: sheet.name, row: there, outcome: 'already-there' };
  if (!addColumns(sheet, header, titles)) throw doesNotFit(request.path, `more than ${MAX_COLUMNS} columns`);
  const row = lastRow(sheet, header) + 1;
  if (row > MAX_ROWS) throw doesNotFit(request.path, `sheet ${sheet.name} is full`);
  writeRow(sheet, header, row, request);
  return { sheet: sheet.name, row, outcome: 'written' };
}

function sheetOf(workbook: Loaded['workbook'], name: string | undefined): Worksheet {
  if (name === undefined) return workbook.worksheets[0] ?? workbook.addWorksheet(DEFAULT_SHEET);
  const same = workbook.worksheets.find((sheet) => sheet.name.toLowerCase() === name.toLowerCase());
  return same ?? workbook.addWorksheet(name);
}

function titlesOf({ row, columns = [] }: AppendRequest): string[] {
  return [...new Set([...columns.map((column) => column.title), ...Object.keys(row)])];
}

function findKey(sheet: Worksheet, header: Header, key: string): number | undefined {
  const column = header.columns.get(KEY_TITLE);
  if (column === undefined) return undefined;
  for (let row = header.row + 1; row <= sheet.rowCount; row += 1) {
    if (sheet.findCell(row, column)?.text === key) return row;
  }
  return undefined;
}

/** The last row that holds a value: rows that are only formatted do not count. */
function lastRow(sheet: Worksheet, header: Header): number {
  for (let row = sheet.rowCount; row > header.row; row -= 1) {
    if (sheet.getRow(row).hasValues && sheet.getRow(row).actualCellCount > 0) return row;
  }
  return header.row;
}

function writeRow(
  sheet: Worksheet,
  header: Header,
  row: number,
  { row: values, columns = [], key }: AppendRequest,
): void {
  const kinds = new Map(columns.map((column) => [column.title, column.kind]));
  for (const [title, value] of Object.entries(values)) {
    const column = columnOf(header, title);
    const { value: content, format } = cellContent(value, kinds.get(title));
    const cell = sheet.getCell(row, column);
    // A row looks like the one above it, as when a person goes on writing.
    const above = row - 1 > header.row ? sheet.getCell(row - 1, column) : undefined;
    if (above) cell.style = { ...above.style };
    cell.value = content;
    const likeAbove = above?.type === cell.type && above.numFmt && !startsLikeFormula(content);
    if (format !== undefined && !likeAbove) cell.numFmt = format;
    if (header.isNew) widen(sheet, column, cell);
  }
  const keyCell = sheet.getCell(row, columnOf(header, KEY_TITLE));
  keyCell.value = key;
  keyCell.numFmt = FORMATS.text;
  extendFilter(sheet, row);
}

/** A filter covers the rows it was set over; the new one belongs to them. */
function extendFilter(sheet: Worksheet, row: number): void {
  const filter = sheet.autoFilter;
  if (typeof filter === 'string') sheet.autoFilter = filter.replace(/\d+$/, String(row));
  else if (filter && typeof filter.to === 'object') sheet.autoFilter = { ...filter, to: { ...filter.to, row } };
}

/** Checks what no workbook could hold. Keys are compared exactly, so they are refused rather than cut. */
function checkRequest({ path, sheet, key, row }: AppendRequest): void {
  if (key === '' || key.length > MAX_CELL_CHARS) throw doesNotFit(path, 'the key of a row is empty or too long');
  const titles = Object.keys(row);
  if (titles.length === 0) throw doesNotFit(path, 'the row is empty');
  if (titles.some((title) => title.trim() === '' || title === KEY_TITLE)) {
    throw doesNotFit(path, `a column title is empty or "${KEY_TITLE}"`);
  }
  if (sheet !== undefined && !isSheetName(sheet)) {
    throw doesNotFit(
      path,
      `"${sheet}" is not a name of a sheet (1 to ${MAX_SHEET_NAME_CHARS} characters, none of * ? : \\ / [ ])`,
    );
  }
}

function isSheetName(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_SHEET_NAME_CHARS && !/[*?:\\/[\]]|^'|'$/.test(name);
}
