import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../core/model/problem.ts';
import { appendRow } from './append-row.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheets-'));
  path = join(folder, 'register.xlsx');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = async (file = path) => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file);
  return workbook;
};
const first = async () => {
  const sheet = (await read()).worksheets[0];
  if (!sheet) throw new Error('no sheet');
  return sheet;
};
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`no problem but ${String(error)}`);
  return error;
};
const row = { Supplier: 'Łąka sp. z o.o.', Number: '0012/2026', Date: '2026-11-24', Gross: '12345.60', Paid: false };

describe('a new workbook', () => {
  it('should have bold titles, a frozen pane, a filter, widths, and numbers and dates as such', async () => {
    expect(await appendRow({ path, key: 'a', row })).toEqual({ sheet: 'Register', row: 2, outcome: 'written' });
    const sheet = await first();
    expect(sheet.getRow(1).values).toEqual([undefined, 'Supplier', 'Number', 'Date', 'Gross', 'Paid', '_key']);
    expect(sheet.getCell('A1').font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:E2');
    expect(sheet.getColumn(1).width).toBeGreaterThan(15);
    expect(sheet.getColumn(6).hidden).toBe(true);
    expect([sheet.getCell('D2').value, sheet.getCell('D2').numFmt]).toEqual([12345.6, '#,##0.00']);
    expect([sheet.getCell('C2').value, sheet.getCell('C2').numFmt]).toEqual([new Date('2026-11-24'), 'yyyy-mm-dd']);
    expect(sheet.getCell('B2').value).toBe('0012/2026');
    expect(sheet.getCell('E2').value).toBe(false);
  });

  it('should keep the order of the columns given, and their kinds', async () => {
    const columns = [{ title: 'Gross' }, { title: 'Number', kind: 'text' as const }];
    await appendRow({ path, key: 'a', row: { Number: '11.26', Gross: '1.00' }, columns });
    const sheet = await first();
    expect(sheet.getRow(1).values).toEqual([undefined, 'Gross', 'Number', '_key']);
    expect(sheet.getCell('B2').value).toBe('11.26');
  });
});

describe('once per key', () => {
  it('should answer the row that is there', async () => {
    await appendRow({ path, key: 'a', row });
    await appendRow({ path, key: 'b', row });
    const before = await readFile(path);
    expect(await appendRow({ path, key: 'a', row: { ...row, Gross: '1.00' } })).toEqual({
      sheet: 'Register',
      row: 2,
      outcome: 'already-there',
    });
    expect(await readFile(path)).toEqual(before);
  });

  it('should hold among processes that write the same rows at once', async () => {
    const script = `
      import { appendRow } from ${JSON.stringify(new URL('./append-row.ts', import.meta.url).href)};
      for (let i = 0; i < 6; i++) await appendRow({ path: ${JSON.stringify(path)}, key: 'k' + i, row: { N: 'n' + i } });`;
    const runs = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      return new Promise<number | null>((resolve) => child.on('close', resolve));
    });
    expect(await Promise.all(runs)).toEqual([0, 0, 0]);
    const keys = (await first()).getColumn(2).values.slice(2).map(String);
    expect(keys.toSorted((a, b) => a.localeCompare(b))).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'k5']);
    expect(await readdir(folder)).toEqual(['register.xlsx']);
  });

  it('should take over the lock and clear the leavings of a process that was killed', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const { hostname } = await import('node:os');
    await writeFile(`${path}.lock`, JSON.stringify({ token: 't', host: hostname(), pid: dead }));
    await writeFile(join(folder, '.register.xlsx.1234.tmp'), 'half a file');
    expect((await appendRow({ path, key: 'a', row })).outcome).toBe('written');
    expect(await readdir(folder)).toEqual(['register.xlsx']);
  });
});

describe('values that could do harm', () => {
  it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")'])(
    'should write %j as text, never as formula',
    async (value) => {
      await appendRow({ path, key: '=key', row: { A: 'x' } });
      await appendRow({ path, key: 'b', row: { A: value } });
      const cell = (await first()).getCell('A3');
      expect(cell.type).toBe(ExcelJS.ValueType.String);
      expect(cell.value).toBe(value.replace('\r', '\n'));
      expect(cell.numFmt).toBe('@');
    },
  );

  it('should cut what no cell can hold and drop what XML cannot carry', async () => {
    await appendRow({ path, key: 'a', row: { A: 'x'.repeat(40_000), B: 'a\u0000b\uD800c\uFFFEd' } });
    const sheet = await first();
    expect(sheet.getCell('A2').text).toHaveLength(32_767);
    expect(sheet.getCell('B2').value).toBe('ab\uFFFDcd');
  });

  it.each([
    ['12345678901234.56', '12345678901234.56'],
    ['1234567890123.45', 1234567890123.45],
    ['-0.01', -0.01],
    ['007.00', '007.00'],
    ['5260250274', '5260250274'],
    ['2026-02-30', '2026-02-30'],
    ['1899-12-31', '1899-12-31'],
  ])('should write %j as %j', async (given, expected) => {
    await appendRow({ path, key: 'a', row: { A: given } });
    expect((await first()).getCell('A2').value).toBe(expected);
  });
});

const prepare = async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Faktury');
  sheet.getCell('A1').value = 'Rejestr faktur 2026';
  sheet.getRow(3).values = ['Kwota', 'Uwagi', ' dostawca '];
  sheet.getRow(3).font = { italic: true, color: { argb: 'FF112233' } };
  sheet.getRow(4).values = [10, 'ręcznie', 'Stary'];
  sheet.getCell('A4').numFmt = '0.00 "zł"';
  sheet.getCell('A40').style = { font: { bold: true } };
  workbook.addWorksheet('Inne').getCell('B2').value = { formula: '1+1', result: 2 };
  await workbook.xlsx.writeFile(path);
};

describe("a user's own workbook", () => {
  it('should keep its sheets, styles and order; match titles; append what is new', async () => {
    await prepare();
    const written = await appendRow({
      path,
      key: 'a',
      row: { Dostawca: 'Nowy', Kwota: '20.50', Termin: '2026-12-01' },
    });
    expect(written).toEqual({ sheet: 'Faktury', row: 5, outcome: 'written' });
    const sheet = await first();
    expect(sheet.getRow(3).values).toEqual([undefined, 'Kwota', 'Uwagi', ' dostawca ', 'Termin', '_key']);
    expect(sheet.getCell('D3').font).toMatchObject({ italic: true });
    expect(sheet.getRow(4).values).toEqual([undefined, 10, 'ręcznie', 'Stary']);
    expect(sheet.getRow(5).values).toEqual([undefined, 20.5, undefined, 'Nowy', new Date('2026-12-01'), 'a']);
    expect(sheet.getCell('A5').numFmt).toBe('0.00 "zł"');
    expect((await read()).getWorksheet('Inne')?.getCell('B2').formula).toBe('1+1');
  });

  it('should use another sheet, made when absent', async () => {
    await prepare();
    expect(await appendRow({ path, key: 'a', sheet: 'Bot', row })).toMatchObject({ sheet: 'Bot', row: 2 });
    expect((await read()).worksheets.map((sheet) => sheet.name)).toEqual(['Faktury', 'Inne', 'Bot']);
  });
});

describe('a workbook that cannot be written', () => {
  it.each([
    ['garbage', 'this is not a zip'],
    ['an empty file', ''],
  ])('should refuse %s and leave it', async (_, content) => {
    await writeFile(path, content);
    const error = await failure(appendRow({ path, key: 'a', row }));
    expect([error.problem.title, error.retryable]).toEqual(['workbook-unreadable', false]);
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it.each(['~$register.xlsx', '.~lock.register.xlsx#'])('should wait while %s says that it is open', async (owner) => {
    await writeFile(join(folder, owner), 'someone');
    const error = await failure(appendRow({ path, key: 'a', row }));
    expect([error.problem.title, error.retryable]).toEqual(['communication', true]);
    expect(error.message).toContain('Close it there');
    expect(await stat(path).catch(() => 'absent')).toBe('absent');
  });

  it('should refuse one whose charts or macros would be lost', async () => {
    await appendRow({ path, key: 'a', row });
    const before = Buffer.concat([await readFile(path), Buffer.from('xl/vbaProject.bin')]);
    await writeFile(path, before);
    const error = await failure(appendRow({ path, key: 'b', row }));
    expect(error.problem.title).toBe('workbook-not-writable');
    expect(await readFile(path)).toEqual(before);
  });

  it.each([{ '': 'x' }, { _key: 'x' }, {}])('should refuse the row %j', async (bad) => {
    expect((await failure(appendRow({ path, key: 'a', row: bad as Record<string, string> }))).problem.title).toBe(
      'row-refused',
    );
  });
});

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
describe.skipIf(!office)('LibreOffice (skipped where it is not installed)', () => {
  it('should open the workbook and show what was written', { timeout: 120_000 }, async () => {
    await appendRow({ path, key: 'a', row });
    await appendRow({ path, key: 'b', row: { ...row, Supplier: '=1+1', Gross: '-1234567.89' } });
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const run = spawnSync(office ?? '', [profile, '--headless', '--convert-to', 'html', '--outdir', folder, path]);
    expect(run.status).toBe(0);
    const html = await readFile(join(folder, 'register.html'), 'utf8');
    const shown = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell?.replace(/<[^>]+>/g, ''));
    // Five columns: the hidden one is not shown.
    expect(shown.slice(5, 9)).toEqual(['Łąka sp. z o.o.', '0012/2026', '2026-11-24', '12,345.60']);
    expect(shown.slice(10, 14)).toEqual(['=1+1', '0012/2026', '2026-11-24', '-1,234,567.89']);
  });
});
