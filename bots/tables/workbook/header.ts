import type { Cell, Worksheet } from 'exceljs';
import { FORMATS } from './cell-value.ts';
import { HEADER_SEARCH_ROWS, MAX_COLUMNS, MAX_WIDTH, MIN_WIDTH } from './limits.ts';

/** Title of the hidden column that holds the key of each row we wrote. */
export const KEY_TITLE = '_key';

/** Excel's own default font, bold. */
const TITLE_FONT = { name: 'Calibri', size: 11, bold: true };

/** Where the titles are: their row, and the column of each title as people compare them. */
export type Header = { row: number; columns: Map<string, number>; isNew: boolean };

/**
 * Finds the row of titles: among the first rows the one that has most of `titles`, else the first row with anything
 * in it; in an empty sheet a new one at the top. Titles are compared without case and outer blanks.
 */
export function findHeader(sheet: Worksheet, titles: readonly string[]): Header {
  const wanted = new Set([...titles, KEY_TITLE].map(normalise));
  let best: { row: number; hits: number } | undefined;
  for (let row = 1; row <= Math.min(HEADER_SEARCH_ROWS, sheet.rowCount); row += 1) {
    const found = titlesOf(sheet, row);
    const hits = [...found.keys()].filter((title) => wanted.has(title)).length;
    if (found.size > 0 && (best === undefined || hits > best.hits)) best = { row, hits };
  }
  const row = best?.row ?? 1;
  return { row, columns: titlesOf(sheet, row), isNew: best === undefined };
}

/** Appends the titles that the sheet lacks, styled like the title before them. False when there are too many. */
export function addColumns(sheet: Worksheet, header: Header, titles: readonly string[]): boolean {
  const missing = [...titles, KEY_TITLE].filter((title) => !header.columns.has(normalise(title)));
  for (const title of missing) {
    const column = Math.max(0, ...header.columns.values()) + 1;
    if (column > MAX_COLUMNS) return false;
    const cell = sheet.getCell(header.row, column);
    const before = column > 1 ? sheet.getCell(header.row, column - 1) : undefined;
    cell.value = title;
    cell.style = before && !header.isNew ? { ...before.style } : { font: TITLE_FONT, numFmt: FORMATS.text };
    sheet.getColumn(column).width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, title.length + 2));
    if (title === KEY_TITLE) sheet.getColumn(column).hidden = true;
    header.columns.set(normalise(title), column);
  }
  if (header.isNew) {
    sheet.views = [{ state: 'frozen', xSplit: 0, ySplit: header.row }];
    const last = columnOf(header, KEY_TITLE) - 1;
    if (last > 0) sheet.autoFilter = { from: { row: header.row, column: 1 }, to: { row: header.row, column: last } };
  }
  return true;
}

/** The column of a title that `addColumns` has made sure of. */
export function columnOf(header: Header, title: string): number {
  const column = header.columns.get(normalise(title));
  if (column === undefined) throw new Error(`no column "${title}"`);
  return column;
}

/** Widens a column of ours for its first value; people's own widths are theirs. */
export function widen(sheet: Worksheet, column: number, cell: Cell): void {
  // A date is as wide as its format; an amount gets room for its grouping.
  const length = cell.value instanceof Date ? FORMATS.date.length : cell.text.length + 2;
  sheet.getColumn(column).width = Math.min(MAX_WIDTH, Math.max(sheet.getColumn(column).width ?? MIN_WIDTH, length + 2));
}

function titlesOf(sheet: Worksheet, row: number): Map<string, number> {
  const titles = new Map<string, number>();
  sheet.getRow(row).eachCell((cell, column) => {
    const title = normalise(cell.text);
    if (title !== '' && !titles.has(title)) titles.set(title, column);
  });
  return titles;
}

/** As people compare titles: without case and outer blanks. */
export function normalise(title: string): string {
  return title.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
