import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import { columnsOf, writeCsv, writeXlsx } from './write-table.ts';

const ROWS: Record<string, string>[] = [
  { No: '007', Gross: '1234.50', Due: '2026-11-03', Note: '=HYPERLINK("http://x")' },
  { No: '008', Gross: '-5.00', Note: 'a;"b"' },
];
const dialect = {
  delimiter: ';',
  quote: '"',
  decimal: ',',
  date: 'DD.MM.YYYY',
  encoding: 'windows-1250',
  newline: 'lf',
  header: true,
} as const;
const table = { columns: columnsOf(ROWS), rows: ROWS, kinds: { No: 'text' } } as const;

it('should write a csv in its dialect, where nothing becomes a formula', () => {
  const text = new TextDecoder('windows-1250').decode(writeCsv(table, dialect));
  expect(text).toBe('No;Gross;Due;Note\n007;1234,50;03.11.2026;"\'=HYPERLINK(""http://x"")"\n008;-5,00;;"a;""b"""\n');
  expect(() => writeCsv({ columns: ['A'], rows: [{ A: '漢' }], kinds: {} }, dialect)).toThrow('lacks "漢"');
});

it('should write a workbook with numbers, dates and text that stays text', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Uint8Array.from(await writeXlsx(table, 'Report')).buffer);
  const sheet = book.getWorksheet('Report');
  const cells = ['A2', 'B2', 'C2', 'D2', 'B3'].map((at) => sheet?.getCell(at).value);
  expect(cells).toEqual(['007', 1234.5, new Date('2026-11-03T00:00:00Z'), '=HYPERLINK("http://x")', -5]);
  expect(sheet?.getCell('D2').formula).toBeUndefined();
});
