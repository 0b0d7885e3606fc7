import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePdf } from '../../../bench/documents/make-pages.ts';
import { createFormRunner } from '../../../bots/forms/index.ts';
import type { FormResult, FormRunner } from '../../../bots/forms/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import { KeyRing } from '../../../installation/keys/key-ring.ts';
import { createSealer } from '../../../installation/keys/seal.ts';
import type { Depot } from '../../support/depot/model.ts';
import { DEPOT_USER, startDepot } from '../../support/depot/start.ts';

const sealer = createSealer(
  KeyRing.of({ id: 'k1', secret: Buffer.alloc(32, 'k').toString('base64'), since: '2026-11-01T00:00:00Z' }),
  'browser sessions',
);

describe('an application never seen before, described by what its pages say', () => {
  let folder: string;
  let depot: Depot;
  let runner: FormRunner;
  const open = (): FormRunner =>
    createFormRunner({
      executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
      sessionDir: join(folder, 'forms'),
      sealer,
    });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forms-depot-'));
    depot = await startDepot();
    runner = open();
  });
  afterAll(async () => {
    await runner.close();
    await depot.close();
    await rm(folder, { recursive: true, force: true });
  });

  function run(name: string, values: Record<string, unknown>): Promise<FormResult> {
    const file = join(import.meta.dirname, `../../journeys/forms/${name}.yaml`);
    const target = { url: depot.url, ...DEPOT_USER };
    return runner.run({ form: loadForm(readFileSync(file, 'utf8'), file), target, key: name, values, context: {} });
  }
  const receipt = { supplier: 'Młyn Łódź', note: 'WZ 7/26', received: '2026-11-03' };
  const lines = [
    { item: 'Mąka', quantity: '12.5' },
    { item: 'Sól', quantity: '3' },
  ];

  it('is posted once, with names that change on every page, a look-up window and a round trip for each line', async () => {
    expect(await run('depot-receipt', { ...receipt, lines })).toMatchObject({
      outcome: 'written',
      record: 'R-1',
      readBack: { received: '2026-11-03', supplier: 'Młyn Łódź' },
      drift: [],
    });
    expect(await run('depot-receipt', { ...receipt, lines })).toMatchObject({ outcome: 'already-there' });
    expect(depot.receipts).toMatchObject([{ received: '11/03/26', lines: [{ quantity: '12,5' }, { quantity: '3' }] }]);
  });

  it('leaves an unknown supplier to a person', async () => {
    const unknown = run('depot-receipt', { ...receipt, supplier: 'Nikt', note: 'WZ 8/26', lines });
    await expect(unknown).rejects.toMatchObject({ problem: { title: 'unknown-supplier' } });
    expect(depot.receipts).toHaveLength(1);
  });

  it('stays signed on over a restart, and what is kept of it can not be read', async () => {
    const before = depot.logins;
    await runner.close();
    runner = open();
    await run('depot-prices', {});
    expect(depot.logins).toBe(before);
    const [kept = ''] = (await readdir(join(folder, 'forms'))).filter((name) => name.startsWith('session-'));
    expect((await readFile(join(folder, 'forms', kept))).includes('sid')).toBe(false);
  });

  it('gives a report as data, and names a page that comes in its place', async () => {
    expect((await run('depot-prices', {})).tables).toEqual({
      prices: [
        { item: 'A-1', name: 'Śruba "M6"', price: '1234.50' },
        { item: 'B-2', name: 'Żarówka', price: '0.99' },
      ],
    });
    const printed = await makePdf([
      [
        [50, 50, 'Cennik'],
        [50, 80, 'Indeks'],
        [150, 80, 'Nazwa'],
        [400, 80, 'Cena'],
        [50, 95, 'A-1'],
        [150, 95, 'Wkret "M6"'],
        [384, 95, '1 234,50'],
      ],
    ]);
    depot.printed = printed.bytes;
    expect((await run('depot-prices', {})).tables).toEqual({
      prices: [{ item: 'A-1', name: 'Wkret "M6"', price: '1234.50' }],
    });
    depot.reportFails = true;
    await expect(run('depot-prices', {})).rejects.toMatchObject({
      problem: { title: 'runtime', detail: expect.stringContaining('Report server is busy') as unknown },
    });
  });

  it('imports a file in its own dialect and encoding', async () => {
    const prices = [
      { item: 'C-3', name: 'Łożysko; duże', price: '1234.5' },
      { item: 'D-4', name: 'Klej "Żar"', price: '7' },
    ];
    expect(await run('depot-import', { batch: '2026-11', prices })).toMatchObject({ outcome: 'written' });
    expect(depot.imports).toEqual([
      {
        batch: '2026-11',
        rows: [
          ['C-3', 'Łożysko; duże', '1234,50'],
          ['D-4', 'Klej "Żar"', '7,00'],
        ],
      },
    ]);
    const lacking = run('depot-import', { batch: '2026-12', prices: [{ item: 'E', name: '漢', price: '1' }] });
    await expect(lacking).rejects.toMatchObject({ problem: { title: 'unencodable-value' } });
  });
});
