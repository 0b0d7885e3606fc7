import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';

const SCRIPT = join(import.meta.dirname, '../../scripts/services/sql-ledger.sh');

/** Why no SQL-Ledger can be started here, or undefined. */
export const noSqlLedger =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'SQL-Ledger journeys need root on Debian';

/** One booked supplier invoice, as the accounting tables hold it. */
export type BookedInvoice = {
  id: number;
  vendor: string;
  net: number;
  gross: number;
  currency: string;
  date: string;
  /** Account and amount; debits are negative. */
  entries: [account: string, amount: number][];
};

export type SqlLedger = {
  url: string;
  user: string;
  password: string;
  /** All bookings of an invoice number. */
  booked(number: string): Promise<BookedInvoice[]>;
  stop(): Promise<void>;
};

export type SqlLedgerPlace = { SQL_LEDGER_PORT: string; SQL_LEDGER_PG_PORT: string; SQL_LEDGER_DIR: string };

/** Starts a private SQL-Ledger, empty but for its seed. */
export async function startSqlLedger(place: SqlLedgerPlace): Promise<SqlLedger> {
  const run = (verb: string, extra = {}) =>
    execFileSync(SCRIPT, [verb], { encoding: 'utf8', env: { ...process.env, ...place, ...extra } });
  run('stop', { WIPE: '1' });
  const facts = new Map(
    run('start')
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const database = new Client({ connectionString: facts.get('database') ?? '' });
  await database.connect();
  return {
    url: facts.get('url') ?? '',
    user: facts.get('user') ?? '',
    password: 'bot-pw',
    booked: (number) => bookedIn(database, number),
    async stop() {
      await database.end();
      run('stop', { WIPE: '1' });
    },
  };
}

/** The application takes the bytes of UTF-8 for letters, so its tables hold each name encoded twice. */
const NAME = `convert_from(convert_to(v.name, 'LATIN1'), 'UTF8')`;

async function bookedIn(database: Client, number: string): Promise<BookedInvoice[]> {
  const { rows } = await database.query<Omit<BookedInvoice, 'entries'>>(
    `SELECT ap.id, ${NAME} AS vendor, ap.netamount AS net, ap.amount AS gross, ap.curr AS currency, ap.transdate::text AS date
     FROM ap JOIN vendor v ON v.id = ap.vendor_id WHERE ap.invnumber = $1 ORDER BY ap.id`,
    [number],
  );
  const booked: BookedInvoice[] = [];
  for (const row of rows) {
    const lines = await database.query<{ accno: string; amount: number }>(
      `SELECT c.accno, a.amount FROM acc_trans a JOIN chart c ON c.id = a.chart_id WHERE a.trans_id = $1`,
      [row.id],
    );
    booked.push({ ...row, entries: lines.rows.map(({ accno, amount }) => [accno, amount]) });
  }
  return booked;
}
