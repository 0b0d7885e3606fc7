import ExcelJS from 'exceljs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendRow } from './append-row.ts';
import { readTable } from './read-rows.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheets-read-'));
  path = join(folder, 'receivables.xlsx');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Należności');
  sheet.getCell('A1').value = 'Stan na dziś';
  sheet.getRow(3).values = ['Faktura', 'E-mail', 'Termin', 'Kwota', 'Sztuk', 'Razem', 'Kurs'];
  sheet.getRow(4).values = [
    'FV/1',
    'jan@klient.example',
    new Date('2026-10-05'),
    1230,
    3,
    { formula: 'D4*E4', result: 0.1 + 0.2 },
    0.000_000_25,
  ];
  sheet.getRow(6).values = ['FV/2', { text: 'ewa@klient.example', hyperlink: 'mailto:ewa@klient.example' }, '', 10.5];
  for (const cell of ['D4', 'D6']) sheet.getCell(cell).numFmt = '#,##0.00 "zł"';
  await workbook.xlsx.writeFile(path);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('should read a table as people keep it: under a heading, with empty rows, dates, amounts, formulas and links', async () => {
  const { sheet, titles, rows } = await readTable({ path, titles: ['Termin'] });
  expect(sheet).toBe('Należności');
  expect([...titles.values()]).toEqual(['Faktura', 'E-mail', 'Termin', 'Kwota', 'Sztuk', 'Razem', 'Kurs']);
  expect(rows.map(({ row, cells }) => [row, Object.fromEntries(cells)])).toEqual([
    [
      4,
      {
        faktura: 'FV/1',
        'e-mail': 'jan@klient.example',
        termin: '2026-10-05',
        kwota: '1230.00',
        sztuk: '3',
        razem: '0.3',
        kurs: '0.00000025',
      },
    ],
    [6, { faktura: 'FV/2', 'e-mail': 'ewa@klient.example', kwota: '10.50' }],
  ]);
});

it('should not show the column of keys that we hide in our own workbooks', async () => {
  const own = join(folder, 'register.xlsx');
  await appendRow({ path: own, key: 'a', row: { Number: 'FV/1' } });
  const { titles, rows } = await readTable({ path: own, titles: [] });
  expect([...titles.values()]).toEqual(['Number']);
  expect(rows.map(({ cells }) => Object.fromEntries(cells))).toEqual([{ number: 'FV/1' }]);
});

it('should say which sheets there are where the one that is named is not', async () => {
  await expect(readTable({ path, sheet: 'Zobowiązania', titles: [] })).rejects.toThrow(
    'no sheet "Zobowiązania" (there: "Należności")',
  );
});
