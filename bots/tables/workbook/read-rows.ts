import { Big } from 'big.js';
import type { Cell, Workbook, Worksheet } from 'exceljs';
import { resolve } from 'node:path';
import { businessException } from '../../../core/model/problem.ts';
import { findHeader, KEY_TITLE } from './header.ts';
import { readWorkbook } from './workbook-file.ts';

export type ReadRequest = {
  /** The .xlsx file. */
  path: string;
  /** Name of the sheet; without it, the first one. */
  sheet?: string | undefined;
  /** Titles by which the row of titles is found. */
  titles: readonly string[];
};

/** A row of a table: its number in the sheet, and what its cells show, by title in small letters. Empty cells are absent. */
export type TableRow = { row: number; cells: Map<string, string> };

/** A table: the sheet it stands in, its titles in small letters with the words as people wrote them, and its rows. */
export type Table = { sheet: string; titles: Map<string, string>; rows: TableRow[] };

/**
 * Reads a table that people keep: everything below the row of titles, without empty rows. Also one that is open in
 * Excel. Throws `workbook-unreadable` and `sheet-missing` (business exceptions).
 */
export async function readTable({ path, sheet: name, titles: wanted }: ReadRequest): Promise<Table> {
  const sheet = sheetNamed(await readWorkbook(resolve(path)), name);
  const header = findHeader(sheet, wanted);
  header.columns.delete(KEY_TITLE);
  const titles = new Map<string, string>();
  for (const [title, column] of header.columns) titles.set(title, sheet.getCell(header.row, column).text.trim());
  const rows: TableRow[] = [];
  for (let row = header.row + 1; row <= sheet.rowCount; row += 1) {
    const cells = new Map<string, string>();
    for (const [title, column] of header.columns) {
      const text = shown(sheet.getCell(row, column));
      if (text !== '') cells.set(title, text);
    }
    if (cells.size > 0) rows.push({ row, cells });
  }
  return { sheet: sheet.name, titles, rows };
}

/** The rows of such a table alone. */
export async function readRows(request: ReadRequest): Promise<TableRow[]> {
  return (await readTable(request)).rows;
}

/** The sheet of that name in any case, or the first one. Throws `sheet-missing`. */
export function sheetNamed(workbook: Workbook, name: string | undefined): Worksheet {
  const found = workbook.worksheets.find(
    (candidate) => name === undefined || candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found;
  const there = workbook.worksheets.map((candidate) => `"${candidate.name}"`).join(', ');
  throw businessException('sheet-missing', `the workbook has no sheet "${name ?? ''}" (there: ${there})`);
}

/** Excel keeps 15 significant digits of a number; what a sum in binary adds behind them is no part of it. */
const SIGNIFICANT_DIGITS = 15;
/** A number format with two decimals: an amount, such as `#,##0.00` or `0.00 "zł"`. */
const TWO_DECIMALS = /0\.00(?![0#])/;

/** What a cell shows: of a formula its result, of a date its ISO day, of an amount its decimals. */
export function shown(cell: Cell): string {
  const { value } = cell;
  const result = typeof value === 'object' && value !== null && 'result' in value ? value.result : value;
  if (result instanceof Date) return result.toISOString().slice(0, 10);
  if (typeof result === 'number') return shownNumber(result, cell.numFmt);
  if (typeof result === 'string') return result.trim();
  return cell.text.trim();
}

function shownNumber(value: number, format: string | undefined): string {
  const exact = new Big(value.toPrecision(SIGNIFICANT_DIGITS));
  const isAmount = TWO_DECIMALS.test(format ?? '') && exact.eq(exact.round(2));
  return exact.toFixed(isAmount ? 2 : undefined);
}
