import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import type { FormResult, FormRunner } from '../../../bots/forms/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import type { Posting } from '../../../demo/intranet/model.ts';
import { startIntranet } from '../../../demo/intranet/start.ts';
import type { Intranet } from '../../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../../support/intranet.ts';
import { startMutatingProxy } from './mutating-proxy.ts';
import type { MutatingProxy } from './mutating-proxy.ts';
import { MUTATIONS } from './mutation.ts';

const FILE = 'definitions/finance/supplier-invoices/forms/post-invoice.yaml';
/** The application answers within milliseconds here: what is not there after this never comes. */
const form = loadForm(readFileSync(FILE, 'utf8').replace('patience: 20', 'patience: 3'), FILE);

/** Each takes some seconds: without --full every third. */
const CHOSEN = MUTATIONS.filter((_, index) => process.env['ZAPLECZE_FULL'] || index % 3 === 0);

const valuesOf = (number: string) => ({
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
  costCentre: '310',
  description: 'Remont hali',
  lines: [
    { vatRate: '23', net: '1100.00', vat: '253.00' },
    { vatRate: '8', net: '250.00', vat: '20.00' },
  ],
});

/** Every field that was sent, as the application keeps it. */
const stored = (posting: Posting) => ({
  number: posting.number,
  supplier: posting.supplierName,
  supplierVatId: posting.supplierVatId,
  issueDate: posting.issueDate,
  saleDate: posting.saleDate,
  dueDate: posting.dueDate,
  currency: posting.currency,
  net: posting.net,
  vat: posting.vat,
  gross: posting.gross,
  account: posting.account,
  costCentre: posting.costCentre,
  description: posting.description,
  lines: posting.lines.map(({ rate, net, vat }) => ({ vatRate: rate, net, vat })),
});

describe('the application changes under the form file', () => {
  let folder: string;
  let intranet: Intranet;
  let proxy: MutatingProxy;
  let runner: FormRunner;
  const outcomes = new Map<string, string[]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forms-drift-'));
    intranet = await startIntranet({ dir: join(folder, 'fk'), port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER] });
    proxy = await startMutatingProxy(intranet.url);
    const executablePath = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
    runner = createFormRunner({ executablePath, sessionDir: join(folder, 'sessions') });
    await fill('FV/before');
  });
  afterAll(async () => {
    await runner.close();
    await proxy.close();
    await intranet.close();
    await rm(folder, { recursive: true, force: true });
    const of = (kind: string): number => outcomes.get(kind)?.length ?? 0;
    const told = `${CHOSEN.length} changes of the application: ${of('healed')} healed, ${of('parked')} parked`;
    console.log(
      `${told}, ${of('wrong')} wrongly filled${(outcomes.get('wrong') ?? []).map((w) => `\n  ${w}`).join('')}`,
    );
  });

  const fill = (number: string): Promise<FormResult> =>
    runner.run({
      form,
      target: { url: proxy.url, ...CREDENTIALS },
      key: number,
      values: valuesOf(number),
      context: {},
    });

  it.each(CHOSEN.map((mutation, index) => [mutation.what, mutation, index] as const))(
    '%s',
    async (what, mutation, index) => {
      const number = `FV/${index + 1}/2026`;
      if (mutation.login) intranet.expireSessions();
      proxy.mutate(mutation);
      const result = await fill(number).catch((error: unknown) => error as Error);
      const before = (await intranet.postings()).filter((posting) => posting.number !== 'FV/before');
      const now = before.filter((posting) => !known.has(posting.record));
      for (const posting of now) known.add(posting.record);
      const right = now.every((posting) => JSON.stringify(stored(posting)) === JSON.stringify(valuesOf(number)));
      const outcome = result instanceof Error ? 'parked' : 'healed';
      const kind = right && now.length <= 1 ? outcome : 'wrong';
      outcomes.set(kind, [...(outcomes.get(kind) ?? []), what]);
      keepEvidence(index, result);
      expect(now.map(stored), 'what the application keeps').toEqual(now.map(() => valuesOf(number)));
      expect(now.length).toBeLessThanOrEqual(1);
      expect(outcome, result instanceof Error ? result.message : '').toBe(mutation.expect);
      if (outcome === 'healed') expect(now).toHaveLength(1);
    },
  );
  const known = new Set<string>();
});

/** Pictures and patches for whoever wants to look at them. */
function keepEvidence(index: number, result: FormResult | Error): void {
  const folder = process.env['ZAPLECZE_PICTURES'];
  if (!folder) return;
  if (result instanceof Error) return writeFileSync(join(folder, `${index + 1}.txt`), result.message);
  for (const { name, bytes } of result.proof)
    if (/drift|patch/.test(name)) writeFileSync(join(folder, `${index + 1}-${name}`), bytes);
}
