import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import type { FormRunner } from '../../../bots/forms/index.ts';
import { FormDriver } from '../../../bots/ledger/form.ts';
import type { Posting } from '../../../bots/ledger/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import { startIntranet } from '../../../demo/intranet/start.ts';
import type { Intranet } from '../../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../../support/intranet.ts';

const file = 'definitions/finance/supplier-invoices/forms/post-invoice.yaml';
const form = loadForm(readFileSync(file, 'utf8'), file);

let folder: string;
let intranet: Intranet;
let runner: FormRunner;
let ledger: FormDriver;

const posting = (number: string, change: Partial<Posting> = {}): Posting => ({
  reference: number,
  number,
  supplier: TEST_SUPPLIER.name,
  supplierVatId: TEST_SUPPLIER.vatId,
  issueDate: '2026-11-03',
  saleDate: '2026-11-02',
  dueDate: '2026-12-01',
  currency: 'PLN',
  net: '1350.00',
  vat: '273.00',
  gross: '1623.00',
  account: '402-04',
  description: 'Remont – żółta ściana',
  lines: [
    { vatRate: '23', net: '1100.00', vat: '253.00', account: '402-04' },
    { vatRate: '8', net: '250.00', vat: '20.00', account: '402-04' },
  ],
  ...change,
});

const titleOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'posted',
    (error: unknown) => (error as { problem?: { title?: string } }).problem?.title ?? error,
  );

describe('the demo intranet, filled by its form file', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forms-intranet-'));
    intranet = await startIntranet({ dir: join(folder, 'fk'), port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER] });
    runner = createFormRunner({
      executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
      sessionDir: join(folder, 'sessions'),
    });
    ledger = new FormDriver({
      today: () => '2026-11-03',
      runner,
      form: () => Promise.resolve(form),
      target: () => Promise.resolve({ url: intranet.url, ...CREDENTIALS }),
    });
  });
  afterEach(async () => {
    await runner.close();
    await intranet.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('posts once, finds it the next time, and proves both', async () => {
    const first = await ledger.post(posting('FV/1/2026'), {});
    const pictures = process.env['ZAPLECZE_PICTURES'];
    if (pictures) for (const { name, bytes } of first.proof) writeFileSync(join(pictures, name), bytes);
    expect(first).toMatchObject({ outcome: 'posted', date: '2026-11-03', readBack: { gross: '1623.00' } });
    expect(await ledger.post(posting('FV/1/2026'), {})).toMatchObject({
      outcome: 'already-posted',
      record: first.record,
    });
    expect(await intranet.postings()).toHaveLength(1);
  });

  it('looks first after a lost answer, and logs in again in the middle of the form', async () => {
    intranet.setFaults({ lostAnswers: 1 });
    expect(await titleOf(ledger.post(posting('FV/2'), {}))).toBe('communication');
    expect(await ledger.post(posting('FV/2'), {})).toMatchObject({ outcome: 'already-posted' });
    let expired = false;
    const onProgress = (note: string): void => {
      if (note !== 'press recalculate' || expired) return;
      expired = true;
      intranet.expireSessions();
    };
    expect(await ledger.post(posting('FV/3'), { onProgress })).toMatchObject({ outcome: 'posted' });
    expect(await intranet.postings()).toHaveLength(2);
  });

  it('leaves to a person what is unknown, and books nothing', async () => {
    expect(await titleOf(ledger.post(posting('FV/4', { supplierVatId: '1111111111' }), {}))).toBe('unknown-supplier');
    expect(await titleOf(ledger.post(posting('FV/4', { account: '999-99' }), {}))).toBe('unknown-account');
    expect(await titleOf(ledger.post(posting('FV/4', { dueDate: '' }), {}))).toBe('incomplete-values');
    expect(await titleOf(ledger.post(posting('FV/€4'), {}))).toBe('unencodable-value');
    expect(await intranet.postings()).toHaveLength(0);
  });
});
