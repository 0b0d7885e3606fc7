import type { Worksheet } from 'exceljs';
import { resolve } from 'node:path';
import { businessException } from '../../../core/model/problem.ts';
import { cellContent, type RowValue } from './cell-value.ts';
import { columnOf, findHeader, type Header, normalise } from './header.ts';
import { MAX_ATTEMPTS } from './limits.ts';
import { withLock } from './lock.ts';
import { inUse, missing } from './problems.ts';
import { sheetNamed, shown } from './read-rows.ts';
import { loadWorkbook, type Loaded, saveWorkbook } from './workbook-file.ts';

export type UpdateRequest = {
  /** The .xlsx file. */
  path: string;
  sheet?: string | undefined;
  /** What the one row shows, by column title. */
  find: Readonly<Record<string, string>>;
  /** What it showed when it was read. */
  was: Readonly<Record<string, string>>;
  set: Readonly<Record<string, RowValue>>;
};

export type UpdateResult = { sheet: string; row: number; outcome: 'written' | 'already-there' };

/**
 * Changes cells of one row. Where the row shows the new values already, nothing is written: an attempt may be repeated.
 * Where it shows neither these nor what it was read with, somebody has changed it since, and it is left as it is. Throws
 * the business exceptions `row-missing`, `several-rows`, `row-changed`, `cell-is-formula`, `column-missing` and
 * `sheet-missing`, and what `appendRow` throws of the workbook itself.
 */
export async function updateRow(request: UpdateRequest): Promise<UpdateResult> {
  const path = resolve(request.path);
  return withLock(path, async () => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const loaded = await loadWorkbook(path);
      if (loaded.stamp === undefined) throw missing(path);
      const result = update(loaded, request);
      if (result.outcome === 'already-there' || (await saveWorkbook(path, loaded))) return result;
    }
    throw inUse(path, 'someone who saves it again and again');
  });
}

function update({ workbook }: Loaded, { sheet: name, find, was, set }: UpdateRequest): UpdateResult {
  const sheet = sheetNamed(workbook, name);
  const titles = [...Object.keys(find), ...Object.keys(was), ...Object.keys(set)];
  const header = findHeader(sheet, titles);
  const absent = titles.find((title) => !header.columns.has(normalise(title)));
  if (absent !== undefined) {
    const there = [...header.columns.keys()].map((title) => `"${title}"`).join(', ');
    throw businessException('column-missing', `sheet "${sheet.name}" has no column "${absent}" (there: ${there})`);
  }
  const row = theRow(sheet, header, find);
  const differs = (cells: Readonly<Record<string, RowValue>>) =>
    Object.entries(cells).find(([title, value]) => !shows(sheet, header, row, title, value));
  if (!differs(set)) return { sheet: sheet.name, row, outcome: 'already-there' };
  const changed = differs(was);
  if (changed) throw rowChanged(sheet, header, row, changed);
  for (const [title, value] of Object.entries(set)) write(sheet, header, row, title, value);
  return { sheet: sheet.name, row, outcome: 'written' };
}

function theRow(sheet: Worksheet, header: Header, find: UpdateRequest['find']): number {
  const rows: number[] = [];
  for (let row = header.row + 1; row <= sheet.rowCount; row += 1) {
    if (Object.entries(find).every(([title, value]) => shows(sheet, header, row, title, value))) rows.push(row);
  }
  const [row, second] = rows;
  const sought = Object.entries(find)
    .map(([title, value]) => `${title} "${value}"`)
    .join(', ');
  if (row === undefined) throw businessException('row-missing', `sheet "${sheet.name}" has no row with ${sought}`);
  if (second === undefined) return row;
  const detail = `sheet "${sheet.name}" has ${rows.length} rows with ${sought}: ${rows.slice(0, 5).join(', ')}`;
  throw businessException('several-rows', detail);
}

function shows(sheet: Worksheet, header: Header, row: number, title: string, value: RowValue): boolean {
  const cell = shown(sheet.getCell(row, columnOf(header, title)));
  return normalise(cell) === normalise(value === null ? '' : String(value));
}

function rowChanged(sheet: Worksheet, header: Header, row: number, [title, value]: [string, RowValue]) {
  const now = shown(sheet.getCell(row, columnOf(header, title)));
  const detail = `row ${row} of sheet "${sheet.name}" was changed in the meantime: "${title}" was "${String(value)}" and is "${now}" now. It was left as it is; read it again`;
  return businessException('row-changed', detail);
}

function write(sheet: Worksheet, header: Header, row: number, title: string, value: RowValue): void {
  const cell = sheet.getCell(row, columnOf(header, title));
  if (cell.formula) {
    const detail = `row ${row} of sheet "${sheet.name}": the cell under "${title}" holds a formula, which was left as it is`;
    throw businessException('cell-is-formula', detail);
  }
  const { value: content, format } = cellContent(value);
  const before = cell.type;
  cell.value = content;
  // A cell that held such a value keeps the look that people gave it.
  if (format !== undefined && (before !== cell.type || !cell.numFmt)) cell.numFmt = format;
}
