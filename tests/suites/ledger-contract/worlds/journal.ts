import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Big } from 'big.js';
import { openLedger } from '../../../../bots/ledger/index.ts';
import { LedgerSettings } from '../../../../core/settings/ledgers.ts';
import type { Booked, World, WorldMaker } from '../world.ts';
import { noServer } from './none.ts';

const SUPPLIER = { name: 'Papiernia Północ Sp. z o.o.', vatId: '5260250274' };
const [EXPENSE, OTHER, VAT, PAYABLE] = ['Expenses:Office', 'Expenses:Other', 'Assets:VAT', 'Liabilities:Payable'];

type Printed = {
  tcode: string;
  tdate: string;
  tdescription: string;
  tpostings: {
    paccount: string;
    pamount: { acommodity: string; aquantity: { decimalMantissa: number; decimalPlaces: number } }[];
  }[];
};

/** A plain-text journal; its books are looked into by hledger. */
export const journal: WorldMaker = {
  name: 'journal (hledger)',
  missing: spawnSync('hledger', ['--version']).status === 0 ? undefined : 'hledger is not installed',
  async open(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'contract-journal-'));
    const chart = [...[EXPENSE, OTHER, VAT, PAYABLE].map((name) => `account ${name}`), `payee ${SUPPLIER.name}`];
    await writeFile(join(folder, 'chart.journal'), `${chart.join('\n')}\n`);
    await writeFile(join(folder, 'all.journal'), 'include chart.journal\ninclude main.journal\n');
    const settings = { driver: 'journal', file: 'main.journal', chart: 'chart.journal', closedUntil: '2025-12-31' };
    const parsed = LedgerSettings.parse({ ...settings, vatAccount: VAT, payable: PAYABLE });
    return {
      open: () => openLedger(parsed, noServer(folder)),
      supplier: SUPPLIER,
      account: EXPENSE,
      secondAccount: OTHER,
      closedDay: '2025-11-03',
      booked: (number) =>
        Promise.resolve(
          printed(folder)
            .filter(({ tcode }) => tcode === number)
            .map(bookedOf),
        ),
      close: () => rm(folder, { recursive: true }),
    };
  },
};

/** What hledger reads, after its strict checks: everything balances, and all that is used is declared. */
function printed(folder: string): Printed[] {
  const files = ['-f', join(folder, 'all.journal')];
  execFileSync('hledger', [...files, 'check', 'accounts', 'payees']);
  return JSON.parse(execFileSync('hledger', [...files, 'print', '-O', 'json'], { encoding: 'utf8' })) as Printed[];
}

function bookedOf({ tcode, tdate, tdescription, tpostings }: Printed): Booked {
  const on = (...accounts: string[]): Big =>
    tpostings
      .filter(({ paccount }) => accounts.includes(paccount))
      .flatMap(({ pamount }) => pamount)
      .reduce(
        (total, { aquantity: { decimalMantissa, decimalPlaces } }) =>
          total.plus(new Big(decimalMantissa).div(new Big(10).pow(decimalPlaces))),
        new Big(0),
      );
  return {
    number: tcode,
    supplier: tdescription.split(' | ')[0] ?? '',
    date: tdate,
    net: on(EXPENSE ?? '', OTHER ?? '').toFixed(2),
    vat: on(VAT ?? '').toFixed(2),
    gross: on(PAYABLE ?? '')
      .neg()
      .toFixed(2),
    currency: tpostings[0]?.pamount[0]?.acommodity ?? '',
  };
}
