import type { TableFault } from '../../../core/model/table.ts';
import { businessException } from '../../../core/model/problem.ts';
import { normalise } from '../workbook/header.ts';
import { type Typed, typed } from './cell-kinds.ts';
import { findTitles, type Titles } from './find-titles.ts';
import { MAX_CHARACTERS_READ, MAX_FAULTS, PROGRESS_ROWS, QUOTED_CHARACTERS } from './limits.ts';
import type { SourceRow, SourceRows } from './source-row.ts';
import type { Wanted } from './wanted.ts';

export type Row = Record<string, string | boolean | number>;
export type Collected = { columns: string[]; rows: Row[]; faults: TableFault[]; faultCount: number; next?: number };

/**
 * Reads the rows wanted. A row with a fault is never among them: it is listed, or the table is refused. Throws the
 * business exceptions `column-missing`, `too-many-rows` and `table-faults`.
 */
export async function collect(
  name: string,
  source: SourceRows,
  wanted: Wanted,
  onProgress: (note: string) => void = () => undefined,
): Promise<Collected> {
  const { titles, rows } = await findTitles(name, source, wanted);
  const found: Collected = { columns: titles.shown, rows: [], faults: [], faultCount: 0 };
  const most = wanted.limit ?? wanted.most;
  let matching = 0;
  let characters = 0;
  for await (const row of rows) {
    if (row.row % PROGRESS_ROWS === 0) onProgress(`row ${row.row}`);
    if (row.row <= wanted.after || isEmpty(row) || !matches(row, titles, wanted.where)) continue;
    matching += 1;
    if (matching > most) {
      if (wanted.limit === undefined) continue;
      return refused(name, { ...found, next: found.next ?? row.row - 1 }, wanted);
    }
    const read = readRow(row, titles, wanted);
    if (read.faults.length > 0) {
      found.faultCount += read.faults.length;
      found.faults.push(...read.faults.slice(0, MAX_FAULTS - found.faults.length));
    } else found.rows.push(read.values);
    characters += JSON.stringify(read.values).length;
    if (characters > MAX_CHARACTERS_READ) throw tooMuch(name, found.rows.length);
  }
  if (matching > most) throw tooMany(name, matching, most);
  return refused(name, found, wanted);
}

function refused(name: string, found: Collected, { faults }: Wanted): Collected {
  if (faults === 'report' || found.faultCount === 0) return found;
  const lines = found.faults.map(({ row, column, value, detail }) => {
    const where = column === undefined ? `row ${row}` : `row ${row}, "${column}"`;
    return `${where}: ${value === undefined ? '' : `"${value}" is `}${detail}`;
  });
  const more = found.faultCount > lines.length ? `\nand ${found.faultCount - lines.length} more` : '';
  throw businessException('table-faults', `${name} has ${found.faultCount} fault(s):\n${lines.join('\n')}${more}`);
}

function tooMany(name: string, rows: number, most: number): Error {
  const fix = 'To fix: narrow them by "where", or read them in parts by "limit" and "after"';
  return businessException('too-many-rows', `${name} has ${rows} such rows; one call reads at most ${most}. ${fix}`);
}

function tooMuch(name: string, rows: number): Error {
  const fix = 'To fix: name the "columns" that are needed, or read fewer rows at a time by "limit"';
  const detail = `${name}: the first ${rows} rows alone have more than ${MAX_CHARACTERS_READ} characters. ${fix}`;
  return businessException('too-many-rows', detail);
}

const isEmpty = ({ cells }: SourceRow): boolean =>
  cells.every(({ text, problem }) => text === '' && problem === undefined);

function matches({ cells }: SourceRow, { at }: Titles, where: Wanted['where']): boolean {
  return Object.entries(where).every(([title, value]) => {
    const cell = cells[at.get(normalise(title)) ?? -1];
    return normalise(cell?.text ?? '') === normalise(value);
  });
}

function readRow({ row, cells }: SourceRow, titles: Titles, wanted: Wanted): { values: Row; faults: TableFault[] } {
  const faults: TableFault[] = [];
  const values: Row = wanted.rowNumber === undefined ? {} : { [wanted.rowNumber]: row };
  for (const title of titles.shown) {
    const cell = cells[titles.at.get(normalise(title)) ?? -1] ?? { text: '' };
    const read: Typed =
      cell.text === '' && cell.problem === undefined && titles.required.has(normalise(title))
        ? { fault: 'empty' }
        : typed(cell, titles.kinds.get(normalise(title)) ?? 'text', wanted.dialect);
    if ('value' in read) values[title] = read.value;
    else faults.push({ row, column: title, ...quoted(cell.text), detail: read.fault });
  }
  const beyond = cells.findIndex(({ text }, at) => at >= titles.width && text !== '');
  if (beyond !== -1) faults.push({ row, ...quoted(cells[beyond]?.text ?? ''), detail: beyondTitles(beyond, titles) });
  return { values, faults };
}

function beyondTitles(at: number, { width }: Titles): string {
  return `in column ${at + 1}, but the table has ${width}: a delimiter inside a cell has to be quoted`;
}

function quoted(text: string): { value?: string } {
  if (text === '') return {};
  return { value: text.length > QUOTED_CHARACTERS ? `${text.slice(0, QUOTED_CHARACTERS)}…` : text };
}
