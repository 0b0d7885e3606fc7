import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../bots/forms/index.ts';
import { program } from '../../cli/program.ts';
import { loadForm } from '../../core/forms/load.ts';
import { startIntranet } from '../../demo/intranet/start.ts';
import type { Intranet } from '../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../support/intranet.ts';
import { freePort } from '../../installation/embedded/ports.ts';

const FILE = 'definitions/finance/supplier-invoices/forms/post-invoice.yaml';
const VALUES = {
  number: 'FV/7/2026',
  supplier: TEST_SUPPLIER.name,
  supplierVatId: TEST_SUPPLIER.vatId,
  issueDate: '2026-11-03',
  saleDate: '2026-11-02',
  dueDate: '2026-12-01',
  currency: 'PLN',
  net: '100.00',
  vat: '23.00',
  gross: '123.00',
  account: '402-04',
  lines: [{ vatRate: '23', net: '100.00', vat: '23.00' }],
};

describe('zaplecze form', () => {
  let folder: string;
  let intranet: Intranet;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forms-command-'));
    intranet = await startIntranet({ dir: join(folder, 'fk'), port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER] });
    process.env['ZAPLECZE_HOME'] = join(folder, 'home');
    process.env['ZAPLECZE_SECRET_INTRANET'] = CREDENTIALS.password;
    writeFileSync(join(folder, 'data.yaml'), JSON.stringify(VALUES));
    writeFileSync(
      join(folder, 'zaplecze.yaml'),
      `company: { name: Test }
publicUrl: http://127.0.0.1:8480
smtp: { host: 127.0.0.1, port: 25, from: bot@example.com }
targets: { intranet: { url: '${intranet.url}', user: ${CREDENTIALS.user}, password: intranet } }
`,
    );
  });
  afterAll(async () => {
    delete process.env['ZAPLECZE_HOME'];
    delete process.env['ZAPLECZE_SECRET_INTRANET'];
    process.exitCode = 0;
    await intranet.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function form(...args: string[]): Promise<{ code: unknown; out: string }> {
    let out = '';
    const io = { out: (text: string) => void (out += text), err: () => undefined, stdin: () => Promise.resolve('') };
    process.exitCode = 0;
    const settings = ['--settings', join(folder, 'zaplecze.yaml'), '--json'];
    await program(io).parseAsync(['form', ...args, ...settings], { from: 'user' });
    return { code: process.exitCode, out };
  }

  it('check visits the target without a trace, and tells which field is missing', async () => {
    const good = await form('check', FILE);
    const fields = (JSON.parse(good.out) as { fields: { field: string; state: string }[] }).fields;
    expect(good.code).toBe(0);
    expect(fields.filter(({ state }) => state === 'holds').map(({ field }) => field)).toEqual(
      expect.arrayContaining(['pick supplier', 'search number']),
    );
    const old = join(folder, 'old.yaml');
    writeFileSync(
      old,
      readFileSync(FILE, 'utf8').replace('label: Nr dok. obcy, name: S_02', 'label: Numer, name: S_9'),
    );
    const bad = await form('check', old);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({
      ok: false,
      fields: expect.arrayContaining([
        expect.objectContaining({
          field: 'search number',
          state: 'missing',
          why: expect.stringMatching(/; the page has ".+"/) as string,
        }),
      ]) as unknown,
    });
    expect(await intranet.postings()).toHaveLength(0);
  });

  it('run --dry-run fills everything and stops before the effect', async () => {
    const pictures = join(folder, 'pictures');
    const { code, out } = await form('run', FILE, '--data', join(folder, 'data.yaml'), '--dry-run', '--out', pictures);
    expect([code, JSON.parse(out)]).toEqual([0, { outcome: 'filled', drift: [] }]);
    expect(await readdir(pictures)).toEqual(['post-invoice-filled.png']);
    expect(await intranet.postings()).toHaveLength(0);
  });

  it('attended, a person corrects the form in the browser and presses the button, and the bot goes on', async () => {
    const debuggingPort = await freePort();
    const executablePath = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
    const runner = createFormRunner({ executablePath, debuggingPort });
    const person = async (): Promise<'person'> => {
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
      const page = browser.contexts().flatMap((context) => context.pages())[0];
      // The bot answers the question of the browser too: whoever is first.
      page?.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
      const frame = page?.frames().find((one) => one.name() === 'F_GLOWNA');
      await frame?.fill('input[name=F_081]', 'sprawdzone');
      await frame?.click('input[value=Księguj]');
      await browser.close();
      return 'person';
    };
    try {
      const result = await runner.run({
        form: loadForm(readFileSync(FILE, 'utf8'), FILE),
        target: { url: intranet.url, ...CREDENTIALS },
        key: VALUES.number,
        values: VALUES,
        context: { attend: person },
      });
      expect(result).toMatchObject({ outcome: 'written', readBack: { gross: '123.00' } });
      expect(await intranet.postings()).toMatchObject([{ number: VALUES.number, description: 'sprawdzone' }]);
    } finally {
      await runner.close();
    }
  });
});
