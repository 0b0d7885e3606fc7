import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFormRunner } from '../../../../bots/forms/index.ts';
import { openLedger } from '../../../../bots/ledger/index.ts';
import { loadForm } from '../../../../core/forms/load.ts';
import { LedgerSettings } from '../../../../core/settings/ledgers.ts';
import { startIntranet } from '../../../../demo/intranet/start.ts';
import { CREDENTIALS, TEST_SUPPLIER } from '../../../support/intranet.ts';
import { noSqlLedger, startSqlLedger } from '../../../support/sql-ledger.ts';
import type { World, WorldMaker } from '../world.ts';

const SQL_LEDGER = {
  SQL_LEDGER_PORT: '18620',
  SQL_LEDGER_PG_PORT: '18621',
  SQL_LEDGER_DIR: '/var/tmp/zaplecze-contract-sql-ledger',
};

type Target = { url: string; user: string; password: string };

/** A ledger behind a form file, in a browser of its own. */
async function formLedger(file: string, target: Target, closedUntil?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'contract-form-'));
  const form = loadForm(await readFile(file, 'utf8'), file);
  const executablePath = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
  const runner = createFormRunner({ executablePath, sessionDir: folder });
  const settings = LedgerSettings.parse({ driver: 'form', form: form.form, target: form.target.name, closedUntil });
  const open = () =>
    openLedger(settings, {
      runner,
      folder,
      today: () => '2026-11-24',
      form: () => Promise.resolve(form),
      target: () => Promise.resolve(target),
    });
  const close = async () => {
    await runner.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { open, close };
}

/** SQL-Ledger, a real legacy application; its books are looked into by SQL. */
export const sqlLedger: WorldMaker = {
  name: 'form (SQL-Ledger)',
  slow: true,
  missing: noSqlLedger,
  async open(): Promise<World> {
    const server = await startSqlLedger(SQL_LEDGER);
    const { open, close } = await formLedger('tests/journeys/forms/sql-ledger-ap-invoice.yaml', server);
    return {
      open,
      supplier: { name: 'Papiernia Północ Sp. z o.o.', vatId: '5260250274' },
      account: '5700',
      secondAccount: '5610',
      closedDay: '2025-11-03',
      async booked(number) {
        const rows = await server.booked(number);
        return rows.map(({ vendor, net, gross, currency, date }) => ({
          number,
          supplier: vendor,
          date,
          net: net.toFixed(2),
          vat: (gross - net).toFixed(2),
          gross: gross.toFixed(2),
          currency,
        }));
      },
      async close() {
        await close();
        await server.stop();
      },
    };
  },
};

/** The demo's intranet, a legacy application of our own; its books are its register. */
export const intranet: WorldMaker = {
  name: 'form (intranet of the demo)',
  slow: true,
  async open(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'contract-intranet-'));
    const server = await startIntranet({ dir: folder, port: 0, ...CREDENTIALS, suppliers: [TEST_SUPPLIER] });
    const file = 'definitions/finance/supplier-invoices/forms/post-invoice.yaml';
    const { open, close } = await formLedger(file, { url: server.url, ...CREDENTIALS }, '2025-12-31');
    return {
      open,
      supplier: TEST_SUPPLIER,
      account: '402-04',
      secondAccount: '402-04',
      closedDay: '2025-11-03',
      async booked(wanted) {
        const all = (await server.postings()).filter(({ number }) => number === wanted);
        return all.map(({ number, supplierName: supplier, issueDate: date, net, vat, gross, currency }) => {
          return { number, supplier, date, net, vat, gross, currency };
        });
      },
      async close() {
        await close();
        await server.close();
        await rm(folder, { recursive: true });
      },
    };
  },
};
