import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { invoiceCheck } from '../core/catalogue/invoice-check.ts';
import { openStore, type Store } from '../store/index.ts';
import { createInvoiceActivities } from './invoices.ts';

const invoice = { number: 'FV/1', seller: { name: 'Arkusz', vatId: '7791048336' } };

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

/** Run of which the invoice is a duplicate, as `invoice.check` of another run says. */
async function duplicateOf(run: string): Promise<string | undefined> {
  const isAbandoned = (owner: string) => Promise.resolve(ended.has(owner));
  const activities = createInvoiceActivities({ claims: store.claims, isAbandoned, today: () => '2026-11-24' });
  const call = { run, definition: { namespace: 'n', name: 'd', version: '1.0.0', hash: 'h' }, task: '/do/0', key: run };
  const check = activities[invoiceCheck.name];
  if (!check) throw new Error('no invoice.check');
  return invoiceCheck.result.parse(await new MockActivityEnvironment().run(check, { invoice }, call)).duplicateOf;
}

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
