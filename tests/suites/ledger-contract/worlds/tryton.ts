import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '../../../../bots/ledger/index.ts';
import { LedgerSettings } from '../../../../core/settings/ledgers.ts';
import type { Booked, World, WorldMaker } from '../world.ts';
import { noServer } from './none.ts';

const SCRIPT = join(import.meta.dirname, '../../../../scripts/services/tryton.sh');
const PLACE = { TRYTON_PORT: '18610', TRYTON_DIR: '/var/tmp/zaplecze-contract-tryton' };

/** The books as SQL sees them: net and VAT from the invoice, gross from the entry on the payable account. */
const BOOKED = `
  SELECT i.reference AS number, p.name AS supplier, i.invoice_date AS date, c.code AS currency,
    printf('%.2f', (SELECT SUM(l.debit - l.credit) FROM account_move_line l JOIN account_account a ON a.id = l.account
      WHERE l.move = i.move AND a.code NOT IN ('2.1.1', '6.3.6'))) AS net,
    printf('%.2f', (SELECT SUM(l.debit - l.credit) FROM account_move_line l JOIN account_account a ON a.id = l.account
      WHERE l.move = i.move AND a.code = '6.3.6')) AS vat,
    printf('%.2f', (SELECT SUM(l.credit - l.debit) FROM account_move_line l JOIN account_account a ON a.id = l.account
      WHERE l.move = i.move AND a.code = '2.1.1')) AS gross
  FROM account_invoice i JOIN party_party p ON p.id = i.party JOIN currency_currency c ON c.id = i.currency
  JOIN account_move m ON m.id = i.move
  WHERE i.reference = ? AND m.state = 'posted' ORDER BY i.id`;

/** Tryton, a real server; its books are looked into by SQL. */
export const tryton: WorldMaker = {
  name: 'Tryton (JSON-RPC)',
  missing: spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0 ? undefined : 'Python has no venv',
  open(): Promise<World> {
    const run = (verb: string, extra = {}): string =>
      execFileSync(SCRIPT, [verb], { encoding: 'utf8', env: { ...process.env, ...PLACE, ...extra } });
    run('stop', { WIPE: '1' });
    const facts = new Map(
      run('start')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const target = {
      url: facts.get('url') ?? '',
      user: facts.get('user') ?? '',
      password: facts.get('password') ?? '',
    };
    const taxes = { '23': 'VAT 23%', '8': 'VAT 8%', '5': 'VAT 5%', '0': 'VAT 0%' };
    const settings = LedgerSettings.parse({ driver: 'tryton', target: 'books', payable: '2.1.1', taxes });
    const database = new DatabaseSync(facts.get('database') ?? '', { readOnly: true });
    return Promise.resolve({
      open: () => openLedger(settings, noServer('/nowhere', target)),
      supplier: { name: 'Papiernia Północ Sp. z o.o.', vatId: 'PL5260250274' },
      account: '5.1.3',
      secondAccount: '5.1.1',
      closedDay: '2025-11-03',
      booked: (number) =>
        Promise.resolve(
          database
            .prepare(BOOKED)
            .all(number)
            .map((row) => ({ ...row }) as Booked),
        ),
      takeDown() {
        run('stop');
        return Promise.resolve(() => Promise.resolve(void run('start')));
      },
      close() {
        database.close();
        run('stop', { WIPE: '1' });
        return Promise.resolve();
      },
    });
  },
};
