import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { expect, it } from 'vitest';
import { readTableFile, type TableRequest } from './index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const inEncoding = (text: string, encoding: string): Uint8Array => {
  const decoder = new TextDecoder(encoding);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from(Array.from(text, (letter) => byteOf.get(letter) ?? 0x3f));
};

function read(bytes: Uint8Array, wanted: Partial<TableRequest> = {}) {
  const { dialect, ...rest } = wanted;
  return readTableFile({
    name: 'table',
    bytes,
    dialect: { quote: '"', ...dialect },
    titles: true,
    kinds: {},
    required: [],
    where: {},
    faults: 'refuse',
    after: 0,
    most: 2000,
    ...rest,
  });
}

const KINDS = { Gross: 'amount', Due: 'date' } as const;

it.each([
  ['semicolons and decimal commas', utf8('No;Gross;Due\n7;1 234,50;03.11.2026\n')],
  ['commas and quotes', utf8('No,Gross,Due\r\n7,"1,234.50",2026-11-03\r\n')],
  ['tabs', utf8('No\tGross\tDue\n7\t1.234,50\t3.11.2026')],
  ['a byte order mark', utf8('\ufeffNo|Gross|Due\n7|1234,50|2026-11-03T12:00:00\n')],
  ['lines above the titles', utf8('Report of November\n\nNo;Gross;Due\n7;1234.50;2026-11-03\n')],
  ['UTF-16', new Uint8Array(Buffer.from('\ufeffNo;Gross;Due\n7;1234,50;03.11.2026\n', 'utf16le'))],
])('should find the dialect of a csv with %s', async (_, bytes) => {
  const { rows, faults } = await read(bytes, { kinds: KINDS });
  expect(faults).toEqual([]);
  expect(rows).toEqual([{ No: '7', Gross: '1234.50', Due: '2026-11-03' }]);
});

it.each(['utf-8', 'windows-1250', 'iso-8859-2'])(
  'should read Polish letters in %s without being told',
  async (encoding) => {
    const text = 'Nazwa;Miasto\nŹródło Żółtej Gęśi;Łódź\n';
    const read1 = await read(encoding === 'utf-8' ? utf8(text) : inEncoding(text, encoding));
    expect(read1).toMatchObject({ encoding, rows: [{ Nazwa: 'Źródło Żółtej Gęśi', Miasto: 'Łódź' }] });
  },
);

it('should name the row and column of every fault, and leave such rows out', async () => {
  const text =
    'No;Gross;Due\n1;12,50;2026-02-30\n2;abc;2026-11-03\n3;1,00;2026-11-03\n;2,00;2026-11-03\n5;1;2026-11-03;x\n';
  const report = await read(utf8(text), { kinds: KINDS, required: ['No'], faults: 'report', rowNumber: 'line' });
  expect(report.rows).toEqual([{ line: 4, No: '3', Gross: '1.00', Due: '2026-11-03' }]);
  expect(report.faults.map(({ row, column }) => [row, column])).toEqual([
    [2, 'Due'],
    [3, 'Gross'],
    [5, 'No'],
    [6, undefined],
  ]);
  await expect(read(utf8(text), { kinds: KINDS })).rejects.toThrow(/row 2, "Due": "2026-02-30" is no date/);
});

it('should guess no amount that may be read in two ways', async () => {
  const bytes = utf8('No;Gross\n1;1,234\n');
  await expect(read(bytes, { kinds: KINDS_OF_GROSS })).rejects.toThrow('may be read in two ways: set dialect.decimal');
  const comma = await read(bytes, { kinds: KINDS_OF_GROSS, dialect: { quote: '"', decimal: ',' } });
  expect(comma.rows).toEqual([{ No: '1', Gross: '1.234' }]);
  const point = await read(bytes, { kinds: KINDS_OF_GROSS, dialect: { quote: '"', decimal: '.' } });
  expect(point.rows).toEqual([{ No: '1', Gross: '1234.00' }]);
});
const KINDS_OF_GROSS = { Gross: 'amount' } as const;

it.each([
  ['1 234,50 zł', '1234.50 PLN'],
  ['€12.5', '12.50 EUR'],
  ['-1.234,50 PLN', '-1234.50 PLN'],
  ['12', undefined],
  ['12,50 łokci', undefined],
])('should read "%s" as money', async (text, money) => {
  const { rows } = await read(utf8(`No;Gross\n1;${text}\n`), { kinds: { Gross: 'money' }, faults: 'report' });
  expect(rows[0]?.['Gross']).toBe(money);
});

it('should read yes and no, and the date pattern that it is given', async () => {
  const { rows } = await read(utf8('Paid,On\ntak,11/03/26\nnie,12/24/26\n'), {
    kinds: { Paid: 'yesNo', On: 'date' },
    dialect: { quote: '"', date: 'MM/DD/YY' },
  });
  expect(rows).toEqual([
    { Paid: true, On: '2026-11-03' },
    { Paid: false, On: '2026-12-24' },
  ]);
});

it('should read columns of fixed width', async () => {
  const bytes = utf8('0001Łódź      0000123.45\r\n0002Ełk       0000000.50\r\n');
  const fixed = [
    { title: 'No', start: 1, length: 4 },
    { title: 'City', start: 5, length: 10 },
    { title: 'Gross', start: 15, length: 10 },
  ];
  const { rows, format } = await read(bytes, { fixed, kinds: { Gross: 'number' } });
  expect(format).toBe('fixed');
  expect(rows).toEqual([
    { No: '0001', City: 'Łódź', Gross: '0000123.45' },
    { No: '0002', City: 'Ełk', Gross: '0000000.50' },
  ]);
});

it('should read a file without titles by the names given', async () => {
  const { rows } = await read(utf8('7;x\n8;y\n'), { titles: false, columns: ['No', 'What'] });
  expect(rows).toEqual([
    { No: '7', What: 'x' },
    { No: '8', What: 'y' },
  ]);
});

it('should say which columns there are where one is missing, and what is wrong with a quote', async () => {
  await expect(read(utf8('A;B\n1;2\n'), { columns: ['C'] })).rejects.toThrow('no column "C" (there: "A", "B")');
  await expect(read(utf8('A;B\n1;"2\n3;4\n'))).rejects.toThrow('a quote is opened and never closed');
  await expect(
    read(Uint8Array.of(0x41, 0x3b, 0x42, 0x0a, 0xff, 0x3b), { dialect: { quote: '"', encoding: 'utf-8' } }),
  ).rejects.toThrow('bytes that are no utf-8');
});

it('should walk through a million rows, refuse them all at once, and read a part', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, at) => `${at};${at % 500_000 === 7 ? 'open' : 'paid'}\n`);
  const bytes = utf8(`No;State\n${lines.join('')}`);
  let beats = 0;
  const beat = () => (beats += 1);
  const wanted = { name: 'big.csv', bytes, dialect: { quote: '"' }, titles: true, kinds: {}, required: [], most: 2000 };
  const base = { ...wanted, faults: 'refuse', after: 0, where: {} } as const;
  await expect(readTableFile(base, beat)).rejects.toThrow('has 1000000 such rows; one call reads at most 2000');
  expect(beats).toBe(100);
  const open = await readTableFile({ ...base, where: { State: 'open' } });
  expect(open.rows).toEqual([
    { No: '7', State: 'open' },
    { No: '500007', State: 'open' },
  ]);
  const part = await readTableFile({ ...base, after: 1001, limit: 2 });
  expect(part).toMatchObject({ rows: [{ No: '1000' }, { No: '1001' }], next: 1003 });
});

async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('Orders'));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

it('should read a workbook: numbers exactly, dates as ISO days, of formulas the value that was saved', async () => {
  const bytes = await workbook((sheet) => {
    sheet.addRow(['No', 'Gross', 'Due', 'Sum']);
    sheet.addRow(['=1+1', 0.1 + 0.2, new Date('2026-11-03T00:00:00Z'), { formula: 'B2*2', result: 0.6 }]);
    sheet.getCell('B2').numFmt = '#,##0.00 "zł"';
    sheet.addRow(['x', 1, null, { formula: 'B3*2' }]);
    sheet.addRow(['y', 1, null, { formula: '1/0', result: { error: '#DIV/0!' } }]);
  });
  const kinds = { Gross: 'money', Due: 'date', Sum: 'number' } as const;
  const { rows, faults, sheet } = await read(bytes, { kinds, faults: 'report' });
  expect(sheet).toBe('Orders');
  expect(rows).toEqual([{ No: '=1+1', Gross: '0.30 PLN', Due: '2026-11-03', Sum: '0.6' }]);
  expect(faults.filter(({ column }) => column === 'Sum')).toMatchObject(
    [
      { row: 3, detail: /value was not saved/ },
      { row: 4, detail: /#DIV\/0!/ },
    ].map(({ row, detail }) => ({ row, detail: expect.stringMatching(detail) as unknown })),
  );
  await expect(read(bytes, { sheet: 'Other' })).rejects.toThrow('no sheet "Other" (there: "Orders")');
});

async function ods(rows: string): Promise<Uint8Array> {
  const zip = new JSZip();
  zip.file('mimetype', 'application/vnd.oasis.opendocument.spreadsheet', { compression: 'STORE' });
  const spaces = ['office', 'table', 'text', 'calcext'].map((name) => `xmlns:${name}="urn:${name}"`).join(' ');
  zip.file(
    'content.xml',
    `<?xml version="1.0"?><office:document-content ${spaces}><office:body><office:spreadsheet><table:table table:name="Orders">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`,
  );
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
const cell = (attributes: string, text = ''): string =>
  `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;

it('should read an OpenDocument spreadsheet, whose last row stands for a million empty ones', async () => {
  const bytes = await ods(
    `<table:table-header-rows><table:table-row>${cell('', 'No')}${cell('', 'Gross')}${cell('', 'Due')}</table:table-row></table:table-header-rows>` +
      `<table:table-row>${cell('', 'A &amp; B<text:s text:c="2"/>C')}${cell('office:value-type="currency" office:currency="PLN" office:value="1234.5"', '1 234,50 zł')}${cell('office:value-type="date" office:date-value="2026-11-03"', '03.11.26')}</table:table-row>` +
      `<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
  );
  const { rows, format } = await read(bytes, { kinds: { Gross: 'money', Due: 'date' } });
  expect(format).toBe('ods');
  expect(rows).toEqual([{ No: 'A & B  C', Gross: '1234.50 PLN', Due: '2026-11-03' }]);
});

it(
  'should refuse archives that unpack without end, old workbooks and other files in words',
  { timeout: 30_000 },
  async () => {
    const zip = new JSZip();
    zip.file('xl/worksheets/sheet1.xml', new Uint8Array(200 * 1024 * 1024));
    const bomb = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    await expect(read(bomb)).rejects.toThrow('cannot be read as an Excel workbook');
    await expect(read(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).rejects.toThrow('Save it as .xlsx');
    await expect(read(utf8('%PDF-1.7'))).rejects.toThrow('a PDF, no table');
  },
);
