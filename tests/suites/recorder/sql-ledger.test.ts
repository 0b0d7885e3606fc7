import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import { openWindow, recordForm } from '../../../bots/forms/record/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import { noSqlLedger, startSqlLedger } from '../../support/sql-ledger.ts';
import type { SqlLedger } from '../../support/sql-ledger.ts';
import { personWith } from './person.ts';
import type { Hands, Script } from './person.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const PLACE = {
  SQL_LEDGER_PORT: '17240',
  SQL_LEDGER_PG_PORT: '17241',
  SQL_LEDGER_DIR: '/var/tmp/zaplecze-sql-ledger-recorder',
};

const EXAMPLE = {
  number: 'R-2026-7',
  supplier: 'Papiernia Północ Sp. z o.o.',
  issueDate: '2026-11-03',
  dueDate: '2026-12-01',
  vat: '310.50',
  gross: '1660.50',
  lines: [
    { net: '1100.00', account: '5700' },
    { net: '250.00', account: '5610' },
  ],
};

async function search(hands: Hands): Promise<void> {
  await hands.press('text="AP"');
  await hands.press('text="Reports"');
  await hands.press('text="Transactions"');
  await hands.type('[name=vendor]', EXAMPLE.supplier);
  await hands.type('[name=invnumber]', EXAMPLE.number);
  await hands.tick('[name=closed]');
  await hands.tick('[name=l_tax]');
  await hands.press('[value=Continue]');
}

const person = (ledger: SqlLedger): Script => ({
  async login(hands) {
    await hands.type('input[name=login]', ledger.user);
    await hands.type('input[name=password]', ledger.password);
    await hands.press('[value=Login]');
  },
  search,
  async write(hands) {
    await hands.press('text="AP"');
    await hands.press('text="Add Transaction"');
    await hands.type('[name=vendor]', EXAMPLE.supplier);
    await hands.press('[value=Update]');
    await hands.type('[name=invnumber]', EXAMPLE.number);
    await hands.type('[name=transdate]', '11-03-2026');
    await hands.type('[name=duedate]', '12-01-2026');
    for (const code of ['2205', '2208', '2223']) await hands.tick(`[name=calctax_${code}]`);
    await hands.type('[name=amount_1]', '1100.00');
    await hands.choose('[name=AP_amount_1]', /^5700/);
    await hands.press('[value=Update]');
    await hands.type('[name=amount_2]', '250.00');
    await hands.choose('[name=AP_amount_2]', /^5610/);
    await hands.press('[value=Update]');
    await hands.type('[name=tax_2223]', '310.50');
  },
  commit: (hands) => hands.press('[value=Post]'),
  find: search,
});

describe.skipIf(noSqlLedger)('a form recorded once in SQL-Ledger', () => {
  let folder: string;
  let ledger: SqlLedger;
  let text: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recorder-'));
    ledger = await startSqlLedger(PLACE);
    const window = await openWindow({ executablePath, headless: true });
    const request = {
      url: ledger.url,
      form: 'recorded-ap',
      title: 'AP transaction',
      target: 'sql-ledger',
      user: ledger.user,
      example: EXAMPLE,
      key: 'number',
    };
    text = (await recordForm(window.context, request, personWith(person(ledger)))).text;
    await window.close();
    const keep = process.env['ZAPLECZE_RECORDED'];
    if (keep) await writeFile(join(keep, 'sql-ledger.yaml'), text);
  });
  afterAll(async () => {
    await ledger.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds what the person booked, and books other invoices unchanged', async () => {
    const runner = createFormRunner({ executablePath, sessionDir: folder });
    const form = loadForm(text, 'recorded.yaml');
    const { url, user, password } = ledger;
    const run = (values: Record<string, unknown>) =>
      runner.run({ form, target: { url, user, password }, key: String(values['number']), values, context: {} });
    const other = {
      ...EXAMPLE,
      number: 'X/2',
      issueDate: '2026-10-20',
      vat: '23.00',
      gross: '123.00',
      lines: [{ net: '100.00', account: '5610' }],
    };
    const three = {
      ...EXAMPLE,
      number: 'X/3',
      vat: '69.00',
      gross: '369.00',
      lines: [1, 2, 3].map(() => ({ net: '100.00', account: '5700' })),
    };
    try {
      expect(await run(EXAMPLE)).toMatchObject({ outcome: 'already-there' });
      expect(await run(other)).toMatchObject({ outcome: 'written' });
      expect(await run(three)).toMatchObject({ outcome: 'written' });
      expect(await run(three)).toMatchObject({ outcome: 'already-there' });
    } finally {
      await runner.close();
    }
    expect(await ledger.booked(EXAMPLE.number)).toMatchObject([{ vendor: EXAMPLE.supplier, gross: 1660.5 }]);
    expect(await ledger.booked('X/2')).toMatchObject([{ gross: 123, net: 100, date: '2026-10-20' }]);
    expect(await ledger.booked('X/3')).toMatchObject([{ gross: 369, net: 300 }]);
  });
});
