import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import { FormDriver } from '../../../bots/ledger/form.ts';
import { withRules } from '../../../bots/ledger/rules.ts';
import type { Posting } from '../../../bots/ledger/index.ts';
import { loadForm } from '../../../core/forms/load.ts';

const script = 'scripts/services/sql-ledger.sh';
const file = 'tests/journeys/forms/sql-ledger-ap-invoice.yaml';
const supplier = 'Papiernia Północ Sp. z o.o.';
const account = '5700';
/** A run under load: login, two look-ups, one entry. */
const RUN_MS = 120_000;

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'zaplecze-sql-ledger-test-'));
const runner = createFormRunner({
  executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
  sessionDir: folder,
});
const form = loadForm(readFileSync(file, 'utf8'), file);
let facts: Record<string, string> = {};
let database: Client;

const ledger = withRules(
  new FormDriver({
    today: () => '2026-11-24',
    runner,
    form: () => Promise.resolve(form),
    target: () => Promise.resolve({ url: facts['url'] ?? '', user: 'bot@demo', password: 'bot-pw' }),
  }),
);

function posting(number: string, change: Partial<Posting> = {}): Posting {
  return {
    reference: number,
    number,
    supplier,
    issueDate: '2026-11-03',
    saleDate: '2026-11-03',
    dueDate: '2026-12-01',
    currency: 'PLN',
    net: '1400.00',
    vat: '273.00',
    gross: '1673.00',
    account,
    description: 'Papier ksero A4 – żółć',
    lines: [
      { vatRate: '23', net: '1100.00', vat: '253.00', account },
      { vatRate: '8', net: '250.00', vat: '20.00', account: '5610' },
      { vatRate: 'zw', net: '50.00', vat: '0.00', account },
    ],
    ...change,
  };
}

/** Rows of one invoice number, as the accounting tables hold them. */
async function booked(number: string): Promise<{ ap: Record<string, unknown>[]; lines: [string, number][] }> {
  const ap = await database.query<Record<string, unknown>>(
    `SELECT invnumber, transdate::text, duedate::text, amount, netamount, curr FROM ap WHERE invnumber = $1`,
    [number],
  );
  const lines = await database.query<{ accno: string; amount: number }>(
    `SELECT c.accno, a.amount FROM acc_trans a JOIN chart c ON c.id = a.chart_id JOIN ap ON ap.id = a.trans_id
     WHERE ap.invnumber = $1 ORDER BY a.amount`,
    [number],
  );
  return { ap: ap.rows, lines: lines.rows.map((row) => [row.accno, row.amount]) };
}

/** Starts a process that posts and is killed so long after the click on Post. */
function postAndDie(number: string, dieAfterMs: number): NodeJS.Signals | null {
  const job = { file, url: facts['url'], sessionDir: folder, values: posting(number), dieAfterMs };
  return spawnSync(process.execPath, ['tests/journeys/forms/run-form.ts', JSON.stringify(job)], { timeout: RUN_MS })
    .signal;
}

describe.skipIf(!isRoot)('SQL-Ledger, filled by a form file alone', { timeout: 3 * RUN_MS }, () => {
  beforeAll(async () => {
    const output = execFileSync(script, ['start'], { encoding: 'utf8' });
    facts = Object.fromEntries(
      output
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    database = new Client({ connectionString: facts['database'] ?? '' });
    await database.connect();
    await database.query('DELETE FROM acc_trans; DELETE FROM ap');
  });
  afterAll(async () => {
    await runner.close();
    await database.end();
    rmSync(folder, { recursive: true, force: true });
    execFileSync(script, ['stop']);
  });

  it('posts an invoice: the rows equal the input, and posting again finds it', async () => {
    const result = await ledger.post(posting('FV/100/2026'), {});
    expect(result).toMatchObject({
      outcome: 'posted',
      date: '2026-11-03',
      readBack: { gross: '1673.00', tax: '273.00' },
    });
    expect(
      Buffer.from(result.proof[0]?.bytes ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    if (process.env['ZAPLECZE_PICTURES'])
      writeFileSync(join(process.env['ZAPLECZE_PICTURES'], 'sql-ledger.png'), result.proof[0]?.bytes ?? '');
    const rows = await booked('FV/100/2026');
    expect(rows.ap).toEqual([
      {
        invnumber: 'FV/100/2026',
        transdate: '2026-11-03',
        duedate: '2026-12-01',
        amount: 1673,
        netamount: 1400,
        curr: 'PLN',
      },
    ]);
    expect(rows.lines).toEqual([
      ['5700', -1100],
      ['2223', -253],
      ['5610', -250],
      ['5700', -50],
      ['2208', -20],
      ['2100', 1673],
    ]);
    expect(await ledger.post(posting('FV/100/2026'), {})).toMatchObject({
      outcome: 'already-posted',
      record: result.record,
    });
    expect((await booked('FV/100/2026')).ap).toHaveLength(1);
  });

  it('books exactly once when it is killed between the click on Post and the answer', async () => {
    for (const [number, dieAfterMs] of [
      ['FV/101', 0],
      ['FV/102', 60],
      ['FV/103', 400],
    ] as const) {
      expect(postAndDie(number, dieAfterMs)).toBe('SIGKILL');
      await ledger.post(posting(number), {});
      expect((await booked(number)).ap, `killed after ${dieAfterMs} ms`).toHaveLength(1);
    }
  });

  it('logs in again when the session ends in the middle of the form', async () => {
    let ended = 0;
    const onProgress = (note: string): void => {
      if (note !== 'fill due date' || ended > 0) return;
      ended += 1;
      rmSync('/var/tmp/zaplecze-sql-ledger/www/sql-ledger/users/bot@demo.conf');
    };
    expect(await ledger.post(posting('FV/104'), { onProgress })).toMatchObject({ outcome: 'posted' });
    expect(ended).toBe(1);
    expect((await booked('FV/104')).ap).toHaveLength(1);
  });

  it('leaves to a person what is unknown, different or too wrong to book', async () => {
    const title = async (number: string, change: Partial<Posting>): Promise<unknown> =>
      ledger.post(posting(number, change), {}).then(
        () => 'posted',
        (error: unknown) => (error as { problem?: { title?: string } }).problem?.title ?? error,
      );
    const lines = posting('').lines.map((line) => ({ ...line, account: '9999' }));
    expect(await title('FV/105', { supplier: 'Nikt S.A.' })).toBe('unknown-supplier');
    expect(await title('FV/105', { lines })).toBe('unknown-account');
    expect(await title('FV/105', { gross: '1.00' })).toBe('unbalanced');
    expect(await title('FV/100/2026', { issueDate: '2026-11-04' })).toBe('differs-in-target');
    expect((await booked('FV/105')).ap).toHaveLength(0);
  });
});
