import type { Cell, Worksheet } from 'exceljs';
import { businessException } from '../../../core/model/problem.ts';
import { shown } from '../workbook/read-rows.ts';
import { parseWorkbook } from '../workbook/workbook-file.ts';
import type { SourceCell, SourceRow } from './source-row.ts';

/** Signs of currencies in number formats. */
const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/zł|PLN/, 'PLN'],
  [/€|EUR/, 'EUR'],
  [/£|GBP/, 'GBP'],
  [/USD|\[\$\$/, 'USD'],
];

/** The rows of one sheet of a workbook. Throws `workbook-unreadable` and `sheet-missing`. */
export async function xlsxRows(
  name: string,
  bytes: Uint8Array,
  wanted: string | undefined,
): Promise<{ sheet: string; rows: Generator<SourceRow> }> {
  const { worksheets } = await parseWorkbook(Buffer.from(bytes), name);
  const found = worksheets.find(
    (candidate) => wanted === undefined || candidate.name.toLowerCase() === wanted.toLowerCase(),
  );
  if (found) return { sheet: found.name, rows: rowsOf(found) };
  const there = worksheets.map((candidate) => `"${candidate.name}"`).join(', ');
  throw businessException('sheet-missing', `${name} has no sheet "${wanted ?? ''}" (there: ${there})`);
}

function* rowsOf(sheet: Worksheet): Generator<SourceRow> {
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    const cells: SourceCell[] = [];
    sheet.getRow(row).eachCell({ includeEmpty: true }, (cell, column) => {
      cells[column - 1] = sourceCell(cell);
    });
    yield { row, cells: Array.from(cells, (cell) => cell ?? { text: '' }) };
  }
}

/** What a cell shows. Of a formula, the value that was saved with it: nothing is evaluated. */
function sourceCell(cell: Cell): SourceCell {
  const { value } = cell;
  if (cell.formula && cell.result === undefined) {
    return {
      text: '',
      problem: 'a formula whose value was not saved: open the file in a spreadsheet program and save it',
    };
  }
  const result: unknown = cell.formula ? cell.result : value;
  if (typeof result === 'object' && result !== null && 'error' in result) {
    return { text: '', problem: `the error ${String(result.error)} of a formula` };
  }
  const text = shown(cell);
  if (typeof result === 'number') {
    const currency = CURRENCIES.find(([sign]) => sign.test(cell.numFmt ?? ''))?.[1];
    return { text, exact: 'number', ...(currency && { currency }) };
  }
  if (result instanceof Date) return { text, exact: 'date' };
  if (typeof result === 'boolean') return { text: String(result), exact: 'boolean' };
  return { text };
}
