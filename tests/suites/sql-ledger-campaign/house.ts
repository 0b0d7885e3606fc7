import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Settings } from '../../../core/settings/settings.ts';
import { freePort } from '../../../installation/embedded/ports.ts';
import { apiOf, type Closers, startBackends } from '../../support/main-job.ts';
import { startProcess, type ZapleczeProcess } from '../../support/processes.ts';
import { type SqlLedger, startSqlLedger } from '../../support/sql-ledger.ts';

const FORM = 'sql-ledger-ap-invoice';
/** Of this process alone: a campaign takes half an hour, in which others may start theirs. */
const PLACE = {
  SQL_LEDGER_PORT: String(await freePort()),
  SQL_LEDGER_PG_PORT: String(await freePort()),
  SQL_LEDGER_DIR: `/var/tmp/zaplecze-campaign-ledger-${process.pid}`,
};
/** The file in which SQL-Ledger keeps the session of the bot's user. */
const SESSION = `${PLACE.SQL_LEDGER_DIR}/www/sql-ledger/users/bot@demo.conf`;

const DEFINITION = `document: { dsl: 1.0.3, namespace: finance, name: campaign, version: 1.0.0, title: One booking }
do:
  - book:
      call: ledger.post
      with: { ledger: main, invoice: '\${ . }' }
`;

/** Name of one worker process of the installation. */
export const WORKERS = ['engine', 'browser-1', 'browser-2'] as const;
export type WorkerName = (typeof WORKERS)[number];

/** An installation in production style, with two browser workers that share one target, and SQL-Ledger behind it. */
export type House = Pick<ReturnType<typeof apiOf>, 'api' | 'file'> & {
  ledger: SqlLedger;
  /** SIGKILL, then a new process; resolves when the new one is ready. */
  kill(name: WorkerName): Promise<void>;
  /** Ends the session of the bot, wherever it is in a form. */
  expireSession(): void;
  logs(): string;
  stop(): Promise<void>;
};

export async function openHouse(): Promise<House> {
  const closers: Closers = [];
  const stop = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const workers = new Map<string, ZapleczeProcess>();
  const logs = () => [...workers.values()].map((each) => `===== ${each.name}\n${each.log()}`).join('\n');
  try {
    const home = await mkdtemp(join(tmpdir(), 'zaplecze-campaign-'));
    closers.push(() => rm(home, { recursive: true, force: true }));
    const ledger = await startSqlLedger(PLACE);
    closers.push(() => ledger.stop());
    const settings = settingsOf(ledger, await freePort());
    const env = { ...(await startBackends(home, closers)), ZAPLECZE_SECRET_LEDGER: ledger.password };
    await writeFile(join(home, 'zaplecze.yaml'), stringify(settings));
    const start = async (name: string, command: string[], ready: string) => {
      const args = [...command, '--settings', join(home, 'zaplecze.yaml')];
      const process = await startProcess(name, { dir: home, args, env, ready });
      workers.set(name, process);
    };
    closers.push(() => Promise.all([...workers.values()].map((worker) => worker.stop())));
    const startWorker = (name: WorkerName) => {
      const capability = name.replace(/-\d$/, '');
      return start(name, ['worker', capability], `worker: ${capability}`);
    };
    await start('server', ['serve'], 'server: http');
    for (const name of WORKERS) await startWorker(name);
    const { api, file } = apiOf(settings);
    const form = readFileSync(`tests/journeys/forms/${FORM}.yaml`, 'utf8');
    await api('POST', '/definitions', {
      file: 'automation.yaml',
      source: DEFINITION,
      files: { [`forms/${FORM}.yaml`]: form },
    });
    return {
      api,
      file,
      ledger,
      async kill(name) {
        await workers.get(name)?.kill();
        await startWorker(name);
      },
      expireSession: () => rmSync(SESSION, { force: true }),
      logs,
      stop,
    };
  } catch (error) {
    console.error(logs());
    await stop();
    throw error;
  }
}

function settingsOf(ledger: SqlLedger, port: number): Settings {
  return Settings.parse({
    company: { name: 'Demo Sp. z o.o.' },
    publicUrl: `http://127.0.0.1:${port}`,
    server: { port },
    smtp: { host: '127.0.0.1', port: 1, tls: 'none', from: 'bot@demo.example' },
    targets: { 'sql-ledger': { url: ledger.url, user: ledger.user, password: 'ledger' } },
    ledgers: { main: { driver: 'form', form: FORM, target: 'sql-ledger', account: '5700' } },
  });
}
