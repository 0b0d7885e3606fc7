import type { z } from 'zod';
import { normalise, readTable, type TableRow } from '../bots/tables/workbook/index.ts';
import { MAX_ROWS_READ, type sheetRead } from '../core/catalogue/sheet-read.ts';
import { IsoDate } from '../core/model/invoice.ts';
import { businessException } from '../core/model/problem.ts';

type Wanted = z.infer<typeof sheetRead.with>;
type Read = z.infer<typeof sheetRead.result>;

/**
 * What `sheet.read` answers: the rows wanted, by the titles as people wrote them. Throws business exceptions
 * `column-missing`, `too-many-rows` and `no-date`, and those of a workbook that cannot be read.
 */
export async function rowsOf(path: string, wanted: Wanted): Promise<Read> {
  const { file, sheet: name, columns, dates = [], where = {} } = wanted;
  const asked = [...(columns ?? []), ...dates, ...Object.keys(where)];
  const { sheet, titles, rows } = await readTable({ path, sheet: name, titles: asked });
  const absent = asked.find((title) => !titles.has(normalise(title)));
  if (absent !== undefined) {
    const there = [...titles.values()].map((title) => `"${title}"`).join(', ') || 'none';
    throw businessException(
      'column-missing',
      `${file} has no column "${absent}" in sheet "${sheet}" (there: ${there})`,
    );
  }
  const chosen = columns?.map((title) => [normalise(title), title] as const) ?? [...titles];
  const found = rows.filter(({ cells }) =>
    Object.entries(where).every(([title, value]) => normalise(cells.get(normalise(title)) ?? '') === normalise(value)),
  );
  if (found.length > MAX_ROWS_READ) {
    const detail = `${file} has ${found.length} such rows; one call reads at most ${MAX_ROWS_READ}. Limit them with "where"`;
    throw businessException('too-many-rows', detail);
  }
  for (const row of found) requireDates(row, dates, file);
  const shown = found.map(({ cells }) =>
    Object.fromEntries(chosen.map(([key, title]) => [title, cells.get(key) ?? ''])),
  );
  return { file, sheet, rows: shown };
}

/** A date that was typed as text is another text to every comparison: the row would be passed over in silence. */
function requireDates({ row, cells }: TableRow, dates: readonly string[], file: string): void {
  for (const title of dates) {
    const text = cells.get(normalise(title));
    if (text === undefined || IsoDate.safeParse(text).success) continue;
    const mend = 'To fix: enter a real spreadsheet date there, or 2026-11-03';
    throw businessException('no-date', `${file}, row ${row}: "${text}" in column "${title}" is not a date. ${mend}`);
  }
}
