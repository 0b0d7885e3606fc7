import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { stringify } from 'yaml';
import { readDefinition } from '../../cli/commands/deploy.ts';
import { freePort } from '../../installation/embedded/ports.ts';
import { runMailServers, withClient } from './dovecot.ts';
import { startProcess, type ZapleczeProcess } from './processes.ts';
import { eventually } from './temporal.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAIL = {
  DATA_DIR: '/var/tmp/zaplecze-shipped-mail',
  SMTP_PORT: '17725',
  IMAP_PORT: '17743',
  IMAPS_PORT: '17793',
  LMTP_PORT: '17724',
  MAIL_DOMAIN: 'mail.test',
  MAIL_USERS: 'orders bot maria jan',
  MAIL_PASSWORD: 'secret',
};
const TOKEN = 'token-of-the-journey';

export const address = (user: string): string => `${user}@${MAIL.MAIL_DOMAIN}`;

/** An installation as `zaplecze up` starts it, in a process that can be killed, with Dovecot and Exim around it. */
export type Shipped = {
  home: string;
  send(mail: SendMailOptions): Promise<unknown>;
  /** Mails of a user's folder. */
  read(user: string, folder?: string): Promise<ParsedMail[]>;
  api<T>(method: 'GET' | 'POST', path: string, body?: unknown, token?: string): Promise<T>;
  /** A token with which a program decides in a person's name. */
  tokenOf(person: string): Promise<string>;
  /** SIGKILL, and a new start on what is left. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it and deploys a shipped definition. `more`: settings besides those of mail and people. */
export async function startShipped(definition: string, more: object): Promise<Shipped> {
  runMailServers('stop', { ...MAIL, WIPE: '1' });
  runMailServers('start', MAIL);
  const home = await mkdtemp(join(tmpdir(), 'zaplecze-shipped-'));
  const [port, temporalPort] = [await freePort(), await freePort()];
  const settings = {
    company: { name: 'Firma' },
    publicUrl: `http://127.0.0.1:${port}`,
    server: { port },
    smtp: { host: '127.0.0.1', port: Number(MAIL.SMTP_PORT), tls: 'none', from: `Zaplecze <${address('bot')}>` },
    people: [{ name: 'Maria Nowak', email: address('maria'), language: 'pl' }],
    mailboxes: {
      orders: {
        ...{ host: '127.0.0.1', port: Number(MAIL.IMAP_PORT), tls: 'starttls', trustAnyCertificate: true },
        ...{ user: address('orders'), password: 'mailbox', pollSeconds: 5 },
      },
    },
    ...more,
  };
  await writeFile(join(home, 'zaplecze.yaml'), stringify(settings));
  const { ZAPLECZE_TEMPORAL = '', CHROMIUM_PATH = '' } = process.env;
  const env = {
    ...{ ZAPLECZE_HOME: join(home, 'state'), ZAPLECZE_TOKEN: TOKEN, ZAPLECZE_TEMPORAL, CHROMIUM_PATH },
    ZAPLECZE_SECRET_MAILBOX: MAIL.MAIL_PASSWORD,
  };
  let running: ZapleczeProcess | undefined;
  let starts = 0;
  const start = async () => {
    starts += 1;
    const args = ['up', '--settings', join(home, 'zaplecze.yaml'), '--temporal-port', String(temporalPort)];
    running = await startProcess(`up-${starts}`, { dir: home, args, env, ready: 'zaplecze is up' });
  };
  const api: Shipped['api'] = async (method, path, body, token = TOKEN) => {
    const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as never;
  };
  const stop = async () => {
    await running?.stop();
    runMailServers('stop', { ...MAIL, WIPE: '1' });
    await rm(home, { recursive: true, force: true });
  };
  try {
    await start();
    await api('POST', '/definitions', await readDefinition(join(ROOT, 'definitions', definition)));
  } catch (error) {
    console.error(running?.log());
    await stop();
    throw error;
  }
  return {
    home: join(home, 'state'),
    send: (mail) =>
      nodemailer.createTransport({ host: '127.0.0.1', port: Number(MAIL.SMTP_PORT), ignoreTLS: true }).sendMail(mail),
    read: readFolder,
    api,
    tokenOf: async (person) => {
      const scopes = ['tasks:read', 'tasks:decide'];
      return (await api<{ token: string }>('POST', '/tokens', { name: 'test', scopes, person })).token;
    },
    async killAndStart() {
      await running?.kill();
      await start();
    },
    stop,
  };
}

function readFolder(user: string, folder = 'INBOX'): Promise<ParsedMail[]> {
  return withClient(
    address(user),
    async (client) => {
      const listed = await client.list();
      if (!listed.some(({ path }) => path === folder)) return [];
      const { exists } = await client.mailboxOpen(folder, { readOnly: true });
      const mails = exists === 0 ? [] : await client.fetchAll('1:*', { source: true });
      return Promise.all(mails.map(({ source }) => simpleParser(source ?? '')));
    },
    Number(MAIL.IMAP_PORT),
  );
}

/** Waits for a mail in somebody's inbox. */
export function untilMail(house: Shipped, user: string, wanted: (mail: ParsedMail) => boolean): Promise<ParsedMail> {
  return eventually(async () => (await house.read(user)).find(wanted), 90_000);
}
