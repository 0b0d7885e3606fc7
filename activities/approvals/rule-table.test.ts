import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRows } from '../../bots/tables/workbook/index.ts';
import { RULE_TITLES, rulesOfTable } from './rule-table.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-rules-'));
});
afterAll(async () => rm(dir, { recursive: true }));

type Cell = string | number | null | { formula: string; result: number };

async function rulesOf(rows: Cell[][]) {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Akceptacje');
  for (const row of rows) sheet.addRow(row);
  const path = join(dir, 'approvers.xlsx');
  await workbook.xlsx.writeFile(path);
  return rulesOfTable(await readRows({ path, titles: RULE_TITLES }), 'approvers.xlsx');
}

it('should read a table as people keep it: a heading above, Polish titles, amounts written and computed', async () => {
  const rules = await rulesOf([
    ['Kto akceptuje faktury – stan na 1.11.2026'],
    [],
    ['Powyżej', 'Do', 'MPK', 'Dostawca', 'Akceptujący', 'Ilu', 'Uwagi'],
    [null, 5000, null, null, 'anna@huta.example; zakupy', null, 'małe'],
    ['5 000,00', { formula: '2*25000', result: 50000 }, '4010, 4020', '*', 'zarzad', 'wszyscy', null],
    [],
    ['50,000.00 PLN', null, null, 'Stalpol S.A.', 'zarzad\nrada', '2', null],
  ]);
  expect(rules).toEqual([
    { upTo: '5000.00 PLN', approvers: ['anna@huta.example', 'zakupy'] },
    { above: '5000.00 PLN', upTo: '50000.00 PLN', costCentre: ['4010', '4020'], approvers: ['zarzad'], need: 'all' },
    { above: '50000.00 PLN', supplier: ['Stalpol S.A.'], approvers: ['zarzad', 'rada'], need: 2 },
  ]);
});

it.each([
  [
    'nobody',
    [
      ['Above', 'Approvers'],
      [100, null],
    ],
    'approvers.xlsx, row 2: names nobody',
  ],
  [
    'no amount',
    [
      ['Above', 'Approvers'],
      ['viel', 'a@x.pl'],
    ],
    '"viel" is not an amount',
  ],
  [
    'no number',
    [
      ['Need', 'Approvers'],
      ['few', 'a@x.pl'],
    ],
    '"few" is not a number of people',
  ],
  [
    'an empty band',
    [
      ['Above', 'Up to', 'Approvers'],
      [200, 100, 'a@x.pl'],
    ],
    'no amount is above 200.00 PLN',
  ],
  [
    'what is never reached',
    [
      ['Above', 'Approvers'],
      [null, 'a@x.pl'],
      [5, 'b@x.pl'],
    ],
    'row 3: this rule is never reached',
  ],
  [
    'more than there are',
    [
      ['Need', 'Approvers'],
      [2, 'a@x.pl'],
    ],
    '2 must approve, but only 1 can',
  ],
])('should name the row of %s', async (_, rows, message) => {
  await expect(rulesOf(rows)).rejects.toThrow(message);
});
