import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendRow } from '../bots/tables/workbook/index.ts';
import { rowsOf } from './sheet-rows.ts';

const file = 'receivables.xlsx';
let folder = '';
const read = (wanted: object) => rowsOf(join(folder, file), { file, ...wanted });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheet-rows-'));
  for (const row of [
    { Invoice: 'FV/1', Due: '2026-10-05', Gross: '1230.00', Paid: '' },
    { Invoice: 'FV/2', Due: '2026-11-30', Gross: '99.90', Paid: '2026-11-12' },
  ])
    await appendRow({ path: join(folder, file), key: row.Invoice, row });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('should answer all columns of all rows, empty cells as empty texts', async () => {
  expect(await read({})).toEqual({
    file,
    sheet: 'Register',
    rows: [
      { Invoice: 'FV/1', Due: '2026-10-05', Gross: '1230.00', Paid: '' },
      { Invoice: 'FV/2', Due: '2026-11-30', Gross: '99.90', Paid: '2026-11-12' },
    ],
  });
});

it('should answer the columns and rows that are asked for, by titles in any case', async () => {
  const { rows } = await read({ columns: ['invoice', 'Gross'], where: { paid: '' } });
  expect(rows).toEqual([{ invoice: 'FV/1', Gross: '1230.00' }]);
});

it('should name a column that is not there, and those that are', async () => {
  await expect(read({ columns: ['Termin'] })).rejects.toThrow(
    'receivables.xlsx has no column "Termin" in sheet "Register" (there: "Invoice", "Due", "Gross", "Paid")',
  );
});

it('should tell the row of what is no date where dates are wanted, and let empty cells be', async () => {
  expect((await read({ dates: ['Due', 'Paid'] })).rows).toHaveLength(2);
  const row = { Invoice: 'FV/3', Due: '31.10.2026', Gross: '5.00', Paid: '' };
  const other = 'typed.xlsx';
  await appendRow({ path: join(folder, other), key: 'FV/3', row });
  await expect(rowsOf(join(folder, other), { file: other, dates: ['Due'] })).rejects.toThrow(
    'typed.xlsx, row 2: "31.10.2026" in column "Due" is not a date',
  );
});
