import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendRow, readTable, updateRow } from './index.ts';

let path = '';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'update-row-'));
  path = join(folder, 'contracts.xlsx');
  for (const No of ['1', '2']) await appendRow({ path, key: No, row: { No, State: 'open', Net: '10.00' } });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const rows = async () => (await readTable({ path, titles: ['No'] })).rows.map(({ cells }) => Object.fromEntries(cells));
const close = { find: { No: '2' }, was: { State: 'open' }, set: { State: 'closed', Net: '12.50' } };

it('should change the row, once, and no other', async () => {
  expect(await updateRow({ path, ...close })).toEqual({ sheet: 'Register', row: 3, outcome: 'written' });
  expect(await updateRow({ path, ...close })).toMatchObject({ outcome: 'already-there' });
  expect(await rows()).toEqual([
    { no: '1', state: 'open', net: '10.00' },
    { no: '2', state: 'closed', net: '12.50' },
  ]);
});

it('should refuse a row that was changed since it was read, one of two, and one that is not there', async () => {
  await updateRow({ path, ...close, set: { State: 'disputed' } });
  await expect(updateRow({ path, ...close })).rejects.toThrow(
    'row 3 of sheet "Register" was changed in the meantime: "State" was "open" and is "disputed" now',
  );
  await expect(updateRow({ path, ...close, find: { Net: '10.00' } })).rejects.toThrow('has 2 rows with Net "10.00"');
  await expect(updateRow({ path, ...close, find: { No: '9' } })).rejects.toThrow('has no row with No "9"');
  await expect(updateRow({ path, ...close, set: { Sate: 'x' } })).rejects.toThrow('no column "Sate"');
});

it('should let one of two win who change a row at the same time', async () => {
  const results = await Promise.allSettled(
    ['a', 'b'].map((by) => updateRow({ path, find: { No: '1' }, was: { State: 'open' }, set: { State: by } })),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('should leave a formula alone', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const cell = book.worksheets[0]?.getCell('C3');
  if (cell) cell.value = { formula: 'C2*2', result: 20 };
  await book.xlsx.writeFile(path);
  await expect(updateRow({ path, ...close, was: { Net: '20.00' } })).rejects.toThrow('holds a formula');
});
