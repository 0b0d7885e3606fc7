import type { Cell } from 'exceljs';
import { resolve } from 'node:path';
import { businessException } from '../../definitions/model/problem.ts';
import { findHeader } from './header.ts';
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

/**
 * Reads a table that people keep: everything below the row of titles, without empty rows. Also one that is open in
 * Excel. Throws `workbook-unreadable` and `sheet-missing` (business exceptions).
 */
export async function readRows({ path, sheet: name, titles }: ReadRequest): Promise<TableRow[]> {
  const full = resolve(path);
  const workbook = await readWorkbook(full);
  const sheet = workbook.worksheets.find(
    (candidate) => name === undefined || candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (!sheet) {
    const there = workbook.worksheets.map((candidate) => `"${candidate.name}"`).join(', ');
    throw businessException('sheet-missing', `the workbook has no sheet "${name ?? ''}" (there: ${there})`);
  }
  const header = findHeader(sheet, titles);
  const rows: TableRow[] = [];
  for (let row = header.row + 1; row <= sheet.rowCount; row += 1) {
    const cells = new Map<string, string>();
    for (const [title, column] of header.columns) {
      const text = shown(sheet.getCell(row, column));
      if (text !== '') cells.set(title, text);
    }
    if (cells.size > 0) rows.push({ row, cells });
  }
  return rows;
}

/** What a cell holds: of a formula its result, of a date its ISO day. */
function shown(cell: Cell): string {
  const { value } = cell;
  const result = typeof value === 'object' && value !== null && 'result' in value ? value.result : value;
  if (result instanceof Date) return result.toISOString().slice(0, 10);
  if (typeof result === 'number' || typeof result === 'string') return String(result).trim();
  return cell.text.trim();
}
