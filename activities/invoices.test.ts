import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formerInvoiceKey } from '../bots/documents/index.ts';
import type { SupplierMemory } from '../core/model/supplier-memory.ts';
import { type Finding, Invoice } from '../core/model/invoice.ts';
import { invoiceCheck } from '../core/catalogue/invoice-check.ts';
import { openStore, type Store } from '../store/index.ts';
import { createInvoiceActivities } from './invoices.ts';

const IBAN = 'PL61109010140000071219812874';
const invoice = Invoice.parse({
  number: '11/1/2026',
  issueDate: '2026-11-02',
  currency: 'PLN',
  seller: { name: 'Arkusz', vatId: '7791048336' },
  totals: { gross: '123.00' },
  payment: { iban: IBAN },
});

let dir: string;
let store: Store;
let ended: Set<string>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-invoices-'));
  store = await openStore({ dir });
  ended = new Set();
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

let memory: SupplierMemory;
/** Invoices that people were asked about, by run. */
let asked: Record<string, Invoice[]>;
beforeEach(() => {
  memory = { documents: 1, names: [], accounts: [{ value: IBAN, times: 1 }], numbers: [], corrected: [] };
  asked = {};
});

/** What `invoice.check` says in a run. */
async function check(run: string, about: Invoice = invoice, more: object = {}) {
  const activities = createInvoiceActivities({
    claims: store.claims,
    isAbandoned: (owner) => Promise.resolve(ended.has(owner)),
    invoicesOf: (owner) => Promise.resolve(asked[owner] ?? []),
    memoryOf: () => Promise.resolve(memory),
    today: () => '2026-11-24',
  });
  const call = { run, definition: { namespace: 'n', name: 'd', version: '1.0.0', hash: 'h' }, task: '/do/0', key: run };
  const activity = activities[invoiceCheck.name];
  if (!activity) throw new Error('no invoice.check');
  const args = { invoice: about, ...more };
  return invoiceCheck.result.parse(await new MockActivityEnvironment().run(activity, args, call));
}

/** Run of which the invoice is a duplicate. */
const duplicateOf = async (run: string): Promise<string | undefined> => (await check(run)).duplicateOf;
const found = ({ findings }: { findings: Finding[] }, rule: string) => findings.find((one) => one.rule === rule);

it('should know an invoice that another run handles, and its own', async () => {
  expect(await duplicateOf('run-1')).toBeUndefined();
  expect(await duplicateOf('run-1')).toBeUndefined();
  expect(await duplicateOf('run-2')).toBe('run-1');
});

it('should take over an invoice whose run ended without an outcome, so that a mail sent again is not lost', async () => {
  await duplicateOf('run-1');
  ended.add('run-1');
  expect(await duplicateOf('run-2')).toBeUndefined();
  expect(await duplicateOf('run-3')).toBe('run-2');
});

it('should let one of two runs take over', async () => {
  await duplicateOf('run-1');
  ended.add('run-1');
  const results = await Promise.all([duplicateOf('run-2'), duplicateOf('run-3')]);
  expect(results.filter((result) => result === undefined)).toHaveLength(1);
});

it('should not take another number of the supplier for the same, wherever its separators stand', async () => {
  await check('run-1');
  expect(await check('run-2', { ...invoice, number: '1/11/2026' })).toMatchObject({ duplicateOf: undefined });
});

it.each([
  ['amount', { totals: { gross: '124.00' } }],
  ['date', { issueDate: '2026-11-03' }],
  ['amount, which was not read', { totals: {} }],
])('should have a person compare invoices of one number that differ in their %s', async (_, change) => {
  await check('run-1');
  const checked = await check('run-2', { ...invoice, ...change });
  expect(checked).toMatchObject({ ok: false, duplicateOf: undefined });
  expect(found(checked, 'duplicate.differs')).toMatchObject({
    blocking: true,
    values: { run: 'run-1', otherNumber: '11/1/2026', otherDate: '2026-11-02', otherGross: '123.00' },
  });
});

describe('claims of an earlier release', () => {
  const former = `invoice:${formerInvoiceKey(invoice)}`;

  it('should still tell the same invoice, by what people were asked then', async () => {
    await store.claims.claim(former, 'run-1');
    asked['run-1'] = [invoice];
    expect(await duplicateOf('run-2')).toBe('run-1');
  });

  it('should not hold up another number', async () => {
    await store.claims.claim(former, 'run-1');
    asked['run-1'] = [{ ...invoice, number: '1/11/2026' }];
    expect(await check('run-2')).toMatchObject({ ok: true, duplicateOf: undefined });
  });

  it('should be for a person where nothing is known of them', async () => {
    await store.claims.claim(former, 'run-1');
    expect(found(await check('run-2'), 'duplicate.differs')).toMatchObject({
      blocking: true,
      values: { run: 'run-1' },
    });
  });

  it('should be given back by the run that has them', async () => {
    await store.claims.claim(former, 'run-1');
    expect(await duplicateOf('run-1')).toBeUndefined();
  });
});

describe('what a person has seen', () => {
  const BY = 'ksiegowa@firma.example';
  const other = { ...invoice, payment: { iban: 'PL27114020040000300201355387' } };

  it('should go along to the approver, with who let it stand', async () => {
    const first = await check('run-1', other);
    expect(first.ok).toBe(false);
    const again = await check('run-1', other, { seen: { by: BY, findings: first.findings } });
    expect(again.ok).toBe(true);
    expect(found(again, 'supplier.account-changed')).toMatchObject({ blocking: false, acceptedBy: BY });
  });

  it('should count for what was seen alone: an account changed once more is for a person again', async () => {
    const first = await check('run-1', other);
    const third = { ...invoice, payment: { iban: 'PL83101010230000261395100000' } };
    const again = await check('run-1', third, { seen: { by: BY, findings: first.findings } });
    expect(found(again, 'supplier.account-changed')).toMatchObject({ blocking: true });
  });

  it('should keep what only the document showed, and drop what was corrected', async () => {
    const read = [{ rule: 'mismatch.qr', blocking: true, field: 'totals.gross', values: { code: '1', page: '2' } }];
    const wrong = { ...invoice, totals: { net: '100.00', vat: '24.00', gross: '123.00' } };
    const first = await check('run-1', wrong, { read });
    expect(found(first, 'arithmetic.gross')).toBeDefined();
    const again = await check('run-1', invoice, { seen: { by: BY, findings: first.findings } });
    expect(found(again, 'mismatch.qr')).toMatchObject({ blocking: false, acceptedBy: BY });
    expect(found(again, 'arithmetic.gross')).toBeUndefined();
    const still = await check('run-1', wrong, { seen: { by: BY, findings: first.findings } });
    expect(found(still, 'arithmetic.gross')).toMatchObject({ blocking: true });
  });

  it('should say that a supplier is new, to whoever approves', async () => {
    memory = { documents: 0, names: [], accounts: [], numbers: [], corrected: [] };
    const checked = await check('run-1');
    expect(found(checked, 'supplier.first-invoice')).toMatchObject({ blocking: false });
    expect(checked.ok).toBe(true);
  });
});
