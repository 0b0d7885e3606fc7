import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormRunner } from '../../../bots/forms/index.ts';
import { openWindow, recordForm } from '../../../bots/forms/record/index.ts';
import { loadForm } from '../../../core/forms/load.ts';
import { startIntranet } from '../../../demo/intranet/start.ts';
import type { Intranet } from '../../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../../support/intranet.ts';
import { personWith } from './person.ts';
import type { Script } from './person.ts';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Every value another, as docs/forms.md asks for. */
const EXAMPLE = {
  number: 'FV/7/2026',
  supplierVatId: TEST_SUPPLIER.vatId,
  issueDate: '2026-11-03',
  saleDate: '2026-11-02',
  dueDate: '2026-12-01',
  currency: 'EUR',
  net: '1350.00',
  vat: '100.50',
  gross: '1450.50',
  account: '402-04',
  lines: [
    { vatRate: '8', net: '1100.00' },
    { vatRate: '5', net: '250.00' },
  ],
};

const OTHER_SUPPLIER = { ...TEST_SUPPLIER, name: 'Ćma sp. z o.o.', vatId: '5260250995', city: 'Łódź' };

const search: Script['find'] = async (hands) => {
  await hands.press('text="Wyszukiwanie"');
  await hands.type('[name=S_01]', EXAMPLE.supplierVatId);
  await hands.type('[name=S_02]', EXAMPLE.number);
  await hands.press('[value=Szukaj]');
};

const person: Script = {
  async login(hands) {
    await hands.type('[name=L_01]', CREDENTIALS.user);
    await hands.type('[name=L_02]', CREDENTIALS.password);
    await hands.press('[value=Zaloguj]');
  },
  search,
  async write(hands) {
    await hands.press('text="Rejestracja faktury"');
    await hands.press('[onclick*=SL001]');
    await hands.type('[name=Q_01]', EXAMPLE.supplierVatId);
    await hands.press('[value=Szukaj]');
    await hands.press('td a');
    await hands.press('[onclick*=SL002]');
    await hands.type('[name=Q_01]', EXAMPLE.account);
    await hands.press('[value=Szukaj]');
    await hands.press('td a');
    await hands.choose('[name=F_035]', EXAMPLE.currency);
    await hands.type('[name=F_031]', EXAMPLE.number);
    await hands.type('[name=F_032]', '03.11.2026');
    await hands.type('[name=F_033]', '02.11.2026');
    await hands.type('[name=F_034]', '01.12.2026');
    await hands.type('[name=F_051_1]', '1100,00');
    await hands.choose('[name=F_052_1]', '8');
    await hands.type('[name=F_051_2]', '250,00');
    await hands.choose('[name=F_052_2]', '5');
    await hands.press('[value=Przelicz]');
  },
  async commit(hands) {
    await hands.press('[value=Księguj]');
  },
  find: search,
};

describe('a form recorded once in the demo’s intranet', () => {
  let folder: string;
  let intranet: Intranet;
  let text: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recorder-'));
    const suppliers = [TEST_SUPPLIER, OTHER_SUPPLIER];
    intranet = await startIntranet({ dir: join(folder, 'fk'), port: 0, ...CREDENTIALS, suppliers });
    const window = await openWindow({ executablePath, headless: true });
    const request = {
      url: intranet.url,
      form: 'recorded-invoice',
      title: 'Rejestracja faktury',
      target: 'intranet',
      user: CREDENTIALS.user,
      example: EXAMPLE,
      key: 'number',
    };
    const recorded = await recordForm(window.context, request, personWith(person));
    text = recorded.text;
    await window.close();
    const keep = process.env['ZAPLECZE_RECORDED'];
    if (keep) await writeFile(join(keep, 'intranet.yaml'), text);
  });
  afterAll(async () => {
    await intranet.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('holds no password, and passes the check', () => {
    expect(text).not.toContain(CREDENTIALS.password);
    expect(loadForm(text, 'recorded.yaml').parameters).toMatchObject({
      issueDate: { type: 'date' },
      lines: { type: 'list', of: { net: { type: 'amount' } } },
    });
  });

  it('finds the record that the person entered, and posts other invoices unchanged', async () => {
    const runner = createFormRunner({ executablePath, sessionDir: join(folder, 'sessions') });
    const form = loadForm(text, 'recorded.yaml');
    const run = (values: Record<string, unknown>) =>
      runner.run({
        form,
        target: { url: intranet.url, ...CREDENTIALS },
        key: String(values['number']),
        values,
        context: {},
      });
    try {
      expect(await run(EXAMPLE)).toMatchObject({ outcome: 'already-there' });
      const other = {
        ...EXAMPLE,
        number: 'A/19',
        supplierVatId: OTHER_SUPPLIER.vatId,
        issueDate: '2026-10-30',
        currency: 'PLN',
        account: '401-02',
        net: '300.01',
        vat: '69.00',
        gross: '369.01',
        lines: [{ vatRate: '23', net: '300.01' }],
      };
      expect(await run(other)).toMatchObject({ outcome: 'written' });
      expect(await run(other)).toMatchObject({ outcome: 'already-there' });
      expect(await run({ ...other, number: 'A/20', gross: '369.02' }).catch(titleOf)).toBe('differs-before-commit');
      const postings = await intranet.postings();
      expect(postings).toMatchObject([
        { number: EXAMPLE.number, currency: 'EUR', gross: '1450.50' },
        { number: 'A/19', currency: 'PLN', account: '401-02', gross: '369.01', supplierVatId: OTHER_SUPPLIER.vatId },
      ]);
    } finally {
      await runner.close();
    }
  });
});

const titleOf = (error: unknown): unknown => (error as { problem?: { title?: string } }).problem?.title ?? error;
