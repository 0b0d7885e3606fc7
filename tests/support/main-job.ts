import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readDefinition } from '../../cli/commands/deploy.ts';
import { Settings } from '../../core/settings/settings.ts';
import { BUYER } from '../../demo/documents/companies.ts';
import { freePort } from '../../installation/embedded/ports.ts';
import { openStore } from '../../store/index.ts';
import { startTemporalServer } from '../../installation/embedded/temporal-server.ts';
import { ACCOUNT } from './books.ts';
import { noDovecot } from './dovecot.ts';
import { type HoldingProxy, startHoldingProxy } from './holding-proxy.ts';
import { type MailHouse, startMailHouse } from './mail-house.ts';
import { noPostgres, startPostgres } from './postgres.ts';
import { startProcess, type ZapleczeProcess } from './processes.ts';
import { noSqlLedger, type SqlLedger, startSqlLedger } from './sql-ledger.ts';
import { temporalExecutable } from './temporal.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEFINITION = join(ROOT, 'definitions/finance/supplier-invoices');
const FORM = 'sql-ledger-ap-invoice';
const TOKEN = 'token-of-the-journey';
const SQL_LEDGER = {
  SQL_LEDGER_PORT: '17600',
  SQL_LEDGER_PG_PORT: '17601',
  SQL_LEDGER_DIR: '/var/tmp/zaplecze-main-job-ledger',
};
/** Program of the browser, for bots and for people. */
export const CHROMIUM = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the main job cannot run here, or undefined. */
export const noMainJob = noDovecot ?? noPostgres ?? noSqlLedger;

/** An installation in production style, one operating system process per service, among real servers. */
export type Installation = {
  home: string;
  ledger: SqlLedger;
  /** Between the bot and SQL-Ledger. */
  proxy: HoldingProxy;
  mail: MailHouse;
  startBrowserWorker(): Promise<ZapleczeProcess>;
  api(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  /** Runs that the mails of a Message-ID started. */
  runsOf(messageId: string): Promise<string[]>;
  /** A file of the API. */
  file(path: string): Promise<ArrayBuffer>;
  /** What the processes wrote. */
  logs(): string;
  stop(): Promise<void>;
};

/** What ends when the installation ends, last things first. */
export type Closers = (() => unknown)[];

/** Starts servers and processes, and deploys the shipped definition with SQL-Ledger's form beside it. */
export async function startInstallation(): Promise<Installation> {
  const closers: Closers = [];
  const started: ZapleczeProcess[] = [];
  const logs = () => started.map((process) => `===== ${process.name}\n${process.log()}`).join('\n');
  const stop = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), 'zaplecze-main-job-'));
    closers.push(() => rm(home, { recursive: true, force: true }));
    const { ledger, proxy, mail } = await startWorld(closers);
    const settings = settingsOf(mail, proxy, ledger, await freePort());
    const secrets = { ZAPLECZE_SECRET_MAILBOX: mail.password, ZAPLECZE_SECRET_LEDGER: ledger.password };
    const env: Record<string, string> = { ...(await startBackends(home, closers)), ...secrets };
    const settingsFile = join(home, 'zaplecze.yaml');
    await writeFile(settingsFile, stringify(settings));
    const start = async (name: string, command: string[], ready: string) => {
      const args = [...command, '--settings', settingsFile, '--search-attributes'];
      const running = await startProcess(name, { dir: home, args, env, ready });
      started.push(running);
      closers.push(() => running.stop());
      return running;
    };
    // All at once, as `docker compose up` does, on a state folder and a database that are still empty.
    await Promise.all([
      start('server', ['serve'], 'server: http'),
      start('worker', ['worker', 'engine', 'documents', 'mail'], 'worker: engine'),
    ]);
    const { api, file } = apiOf(settings);
    await api('POST', '/definitions', await definition());
    const startBrowserWorker = () => start(`browser-${started.length}`, ['worker', 'browser'], 'worker: browser');
    const store = await openStore({ dir: home, databaseUrl: env['DATABASE_URL'] });
    closers.push(() => store.close());
    const runsOf = (messageId: string) => store.mails.runsOf('invoices', messageId);
    return { home, ledger, proxy, mail, startBrowserWorker, api, runsOf, file, logs, stop };
  } catch (error) {
    console.error(logs());
    await stop();
    throw error;
  }
}

/** The servers of others: accounting and mail. */
async function startWorld(closers: Closers): Promise<Pick<Installation, 'ledger' | 'proxy' | 'mail'>> {
  const ledger = await startSqlLedger(SQL_LEDGER);
  closers.push(() => ledger.stop());
  const proxy = await startHoldingProxy(ledger.url);
  closers.push(() => proxy.close());
  const mail = startMailHouse();
  closers.push(() => mail.stop());
  return { ledger, proxy, mail };
}

/** Temporal and PostgreSQL, and the environment in which processes find them. */
export async function startBackends(home: string, closers: Closers): Promise<Record<string, string>> {
  const postgres = await startPostgres();
  closers.push(() => postgres.stop());
  const found = temporalExecutable();
  const executable = found.type === 'existing-path' ? found.path : 'temporal';
  const temporal = await startTemporalServer({ executable, home, port: await freePort() });
  closers.push(() => temporal.stop());
  return {
    TEMPORAL_ADDRESS: temporal.address,
    DATABASE_URL: postgres.url,
    ZAPLECZE_HOME: home,
    ZAPLECZE_TOKEN: TOKEN,
    CHROMIUM_PATH: CHROMIUM,
  };
}

function settingsOf(mail: MailHouse, proxy: HoldingProxy, ledger: SqlLedger, port: number): Settings {
  return Settings.parse({
    company: { name: BUYER.name, vatId: BUYER.vatId },
    publicUrl: `http://127.0.0.1:${port}`,
    server: { port },
    smtp: { host: '127.0.0.1', port: mail.smtpPort, tls: 'none', from: `Zaplecze <${mail.address('bot')}>` },
    people: [{ name: 'Anna Kowalska', email: mail.address('anna'), language: 'pl' }],
    roles: { purchasing: [mail.address('anna')], accounting: [mail.address('anna')] },
    mailboxes: {
      invoices: {
        host: '127.0.0.1',
        port: mail.imapPort,
        tls: 'starttls',
        trustAnyCertificate: true,
        user: mail.address('invoices'),
        password: 'mailbox',
      },
    },
    targets: { 'sql-ledger': { url: proxy.url, user: ledger.user, password: 'ledger' } },
    ledgers: { main: { driver: 'form', form: FORM, target: 'sql-ledger', account: ACCOUNT } },
  });
}

async function definition() {
  const request = await readDefinition(DEFINITION);
  const form = await readFile(join(ROOT, `tests/journeys/forms/${FORM}.yaml`), 'utf8');
  return { ...request, files: { ...request.files, [`forms/${FORM}.yaml`]: form } };
}

export function apiOf({ publicUrl }: Settings): Pick<Installation, 'api' | 'file'> {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const request = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${publicUrl}/api${path}`, request);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    api: async (method, path, body) => (await call(method, path, body)).json(),
    file: async (path) => (await call('GET', path)).arrayBuffer(),
  };
}
