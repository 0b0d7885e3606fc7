import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { FileShape } from '../../../core/forms/form.ts';
import { CsvDialect } from '../../../core/settings/ledgers.ts';
import { makePdf, type Placed } from '../../../bench/documents/make-pages.ts';
import { makeTableFile, readTableFile } from './table-files.ts';

const shape: FileShape = {
  dialect: CsvDialect.parse({ date: 'DD.MM.YYYY' }),
  columns: { number: 'Nr', date: { heading: 'Data', type: 'date' }, gross: { heading: 'Brutto', type: 'amount' } },
};
const rows = [{ number: 'FV/1; "ż"', date: '2026-11-03', gross: '-1234.50' }];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file of a target', () => {
  it('is read as it was made', async () => {
    const made = makeTableFile(shape, rows);
    expect(new TextDecoder('windows-1250').decode(made)).toBe(
      'Nr;Data;Brutto\r\n"FV/1; ""ż""";03.11.2026;-1234,50\r\n',
    );
    expect(await readTableFile(shape, made)).toEqual(rows);
  });

  it('is read from a workbook, below its title, whatever the order of its columns', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Raport');
    sheet.addRow(['Rejestr za listopad']);
    sheet.addRow(['Brutto', 'Nr', 'Data']);
    sheet.addRow([{ formula: '-1000-234.5', result: -1234.5 }, 'FV/1; "ż"', new Date('2026-11-03T00:00:00Z')]);
    sheet.addRow([1234.5, 'FV/2', '04.11.2026']);
    const written = new Uint8Array(await book.xlsx.writeBuffer());
    expect(await readTableFile(shape, written)).toEqual([
      ...rows,
      { number: 'FV/2', date: '2026-11-04', gross: '1234.50' },
    ]);
  });

  it('is read from a printed PDF, over its pages, without totals and footers', async () => {
    const head = (y: number): Placed[] => [
      [50, y, 'Nr'],
      [170, y, 'Kontrahent'],
      [330, y, 'Data'],
      [500, y, 'Brutto'],
    ];
    const { bytes: pdf } = await makePdf([
      [
        [50, 40, 'Rejestr zakupu za listopad'],
        ...head(80),
        [50, 100, 'FV/2026/11/000017'],
        [170, 100, 'Papiernia Stara'],
        [330, 100, '03.11.2026'],
        [481, 100, '-1 234,50'],
        // The name takes two lines.
        [170, 112, 'Sp. z o.o.'],
        [50, 130, '2'],
        [330, 130, '04.11.2026'],
        [500, 130, '7,00'],
        [270, 800, 'Strona 1 z 2'],
      ],
      [...head(60), [50, 80, '3'], [330, 80, '05.11.2026'], [500, 80, '8,00'], [50, 110, 'Razem'], [490, 110, '22,00']],
    ]);
    const columns = { ...shape.columns, name: 'Kontrahent' };
    expect(await readTableFile({ ...shape, columns }, pdf)).toEqual([
      { number: 'FV/2026/11/000017', name: 'Papiernia Stara Sp. z o.o.', date: '2026-11-03', gross: '-1234.50' },
      { number: '2', name: '', date: '2026-11-04', gross: '7.00' },
      { number: '3', name: '', date: '2026-11-05', gross: '8.00' },
    ]);
    const broken = await makePdf([[...head(80), [50, 100, '17'], [500, 100, '5,00']]]);
    await expect(readTableFile(shape, broken.bytes)).rejects.toThrow(/lacks a column.*17/);
    const other = await makePdf([[[50, 40, 'Raport kasowy']]]);
    await expect(readTableFile(shape, other.bytes)).rejects.toThrow(/no line with the headings.*Raport kasowy/);
    await expect(readTableFile(shape, bytes('%PDF-1.7 and no more'))).rejects.toThrow(/unreadable|damaged/);
  });

  it.each([
    ['<!DOCTYPE html><html><head><title>x</title></head><body>Sesja wygasła</body></html>', /a page.*Sesja wygasła/],
    ['Numer;Dnia\r\n1;2\r\n', /no line with the headings Nr, Data, Brutto.*Numer/],
    ['\u00d0\u00cf\u0011\u00e0old', /XLS/],
  ])('that is none is named: %s', async (text, expected) => {
    const content = text.startsWith('\u00d0') ? Uint8Array.from(Buffer.from(text, 'latin1')) : bytes(text);
    const utf8 = { ...shape, dialect: { ...shape.dialect, encoding: 'utf-8' as const } };
    await expect(readTableFile(utf8, content)).rejects.toThrow(expected);
  });
});
