import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../bots/forms/index.ts';
import { openLedger } from '../../bots/ledger/index.ts';
import type { Ledger, Posting } from '../../bots/ledger/index.ts';
import { loadForm } from '../../definitions/forms/load.ts';
import { LedgerSettings } from '../../definitions/settings.ts';
import { startIntranet } from '../../demo/intranet/start.ts';
import type { Intranet } from '../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../../demo/intranet/testing.ts';

const file = 'definitions/finance/supplier-invoices/forms/post-invoice.yaml';
const form = loadForm(readFileSync(file, 'utf8'), file);
const account = '402-04';

const posting = (number: string, change: Partial<Posting> = {}): Posting => ({
  reference: `pl:${number}`,
  number,
  supplier: TEST_SUPPLIER.name,
  supplierVatId: TEST_SUPPLIER.vatId,
  issueDate: '2026-11-03',
  saleDate: '2026-11-03',
  dueDate: '2026-12-01',
  currency: 'PLN',
  net: '0.30',
  vat: '0.07',
  gross: '0.37',
  account,
  description: 'Usługa',
  lines: [{ vatRate: '23', net: '0.30', vat: '0.07', account }],
  ...change,
});

const titleOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'posted',
    (error: unknown) => (error as { problem?: { title?: string } }).problem?.title ?? error,
  );

/** One suite for every driver: what `ledger.post` promises, whatever is behind it. */
describe.each([
  { driver: 'journal', settings: { driver: 'journal', file: 'main.journal' } },
  { driver: 'form', settings: { driver: 'form', form: 'post-invoice', target: 'intranet' } },
])('the ledger driver $driver', ({ settings }) => {
  let folder: string;
  let intranet: Intranet;
  let ledger: Ledger;
  const runner = createFormRunner({ executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium' });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-contract-'));
    intranet = await startIntranet({ dir: join(folder, 'fk'), port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER] });
    ledger = openLedger(LedgerSettings.parse(settings), {
      today: () => '2026-11-03',
      runner,
      folder,
      target: () => Promise.resolve({ url: intranet.url, ...CREDENTIALS }),
      form: () => Promise.resolve(form),
    });
  });
  afterAll(async () => {
    await runner.close();
    await intranet.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('posts once and then finds what it posted', async () => {
    const first = await ledger.post(posting('C/1'), {});
    expect(first).toMatchObject({
      outcome: 'posted',
      date: '2026-11-03',
      readBack: { gross: '0.37', currency: 'PLN' },
    });
    expect(first.record).not.toBe('');
    expect(first.proof.length).toBeGreaterThan(0);
    expect(await ledger.post(posting('C/1'), {})).toMatchObject({ outcome: 'already-posted', record: first.record });
    expect(await ledger.find('pl:C/1')).toMatchObject({ record: first.record });
    expect(await ledger.find('pl:C/2')).toBeUndefined();
  });

  it('posts once when asked twice at the same time', async () => {
    const results = await Promise.all([ledger.post(posting('C/3'), {}), ledger.post(posting('C/3'), {})]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['already-posted', 'posted']);
  });

  it('leaves to a person what does not balance or differs from what is booked', async () => {
    expect(await titleOf(ledger.post(posting('C/4', { vat: '0.08' }), {}))).toBe('unbalanced');
    expect(await titleOf(ledger.post(posting('C/1', { issueDate: '2026-11-04' }), {}))).toBe('differs-in-target');
    const lines = [{ vatRate: '23', net: '0.30', vat: '0.07', account: '; none' }];
    expect(await titleOf(ledger.post(posting('C/5', { account: '; none', lines }), {}))).toBe('unknown-account');
  });
});
