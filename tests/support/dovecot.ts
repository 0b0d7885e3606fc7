import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import type { MailboxConnection } from '../../bots/mailbox/index.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/services/dovecot.sh');
const DATA_DIR = '/var/tmp/zaplecze-dovecot-journey';
const PORTS = { SMTP_PORT: '17335', IMAP_PORT: '17353', IMAPS_PORT: '17396', LMTP_PORT: '17334' };

/** Domain that the server takes mail for, and its mailboxes. */
export const MAILBOX = 'invoices@mail.test';
export const APPROVER = 'approver@mail.test';
export const SMTP_PORT = Number(PORTS.SMTP_PORT);

/** Why no Dovecot can be started here, or undefined: it needs root on Debian. */
export const noDovecot =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'Dovecot journeys need root on Debian';

export function startDovecot(): void {
  runMailServers('start');
}

export function stopDovecot(): void {
  runMailServers('stop');
}

/** Stops the servers and removes their mails. */
export function wipeDovecot(): void {
  runMailServers('stop', { WIPE: '1' });
}

/** Throws away what the server knows of a mailbox's numbers, as after a restore from a backup: UIDVALIDITY changes. */
export function forgetUids(user: string): void {
  const maildir = join(DATA_DIR, 'mail', user, 'Maildir');
  for (const file of [
    'dovecot-uidlist',
    'dovecot.index',
    'dovecot.index.log',
    'dovecot.index.cache',
    'dovecot-uidvalidity',
  ]) {
    rmSync(join(maildir, file), { force: true });
  }
}

/** The connection of the mailbox bot, as from the settings. */
export function connection(change: Partial<MailboxConnection> = {}): MailboxConnection {
  return {
    name: 'invoices',
    host: '127.0.0.1',
    port: Number(PORTS.IMAP_PORT),
    tls: 'starttls',
    trustAnyCertificate: true,
    user: MAILBOX,
    password: 'secret',
    folder: 'INBOX',
    processed: 'Processed',
    quarantine: 'Quarantine',
    pollSeconds: 60,
    ...change,
  };
}

/** Hands raw mails or simple ones to Exim. */
export async function deliver(mail: { messageId: string; subject?: string; raw?: string | Buffer }): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: SMTP_PORT, ignoreTLS: true });
  const envelope = { from: 'supplier@firma.example', to: MAILBOX };
  const plain = { ...envelope, messageId: mail.messageId, subject: mail.subject ?? 'Faktura', text: 'W załączniku.' };
  await transport.sendMail(mail.raw === undefined ? plain : { envelope, raw: mail.raw });
}

/** What a mail program sees in a folder: Message-IDs and keywords. */
export async function lookInto(folder: string, user = MAILBOX): Promise<{ messageId: string; keywords: string[] }[]> {
  return withClient(user, async (client) => {
    const listed = await client.list();
    if (!listed.some((entry) => entry.path === folder)) return [];
    const { exists } = await client.mailboxOpen(folder);
    const mails = exists === 0 ? [] : await client.fetchAll('1:*', { envelope: true, flags: true });
    return mails.map((mail) => ({
      messageId: mail.envelope?.messageId ?? '',
      keywords: [...(mail.flags ?? [])].filter((flag) => flag.startsWith('$')),
    }));
  });
}

/** Sources of all mails of an inbox. */
export function sourcesOf(user: string): Promise<string[]> {
  return withClient(user, async (client) => {
    const { exists } = await client.mailboxOpen('INBOX');
    const mails = exists === 0 ? [] : await client.fetchAll('1:*', { source: true });
    return mails.map((mail) => mail.source?.toString() ?? '');
  });
}

/** Works in a mailbox as its user's mail program does. */
export async function withClient<T>(
  user: string,
  work: (client: ImapFlow) => Promise<T>,
  port = connection().port,
): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    tls: { rejectUnauthorized: false },
    auth: { user, pass: 'secret' },
    logger: false,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

/** Runs the servers' script; `extra` says where else they run, and for whom. */
export function runMailServers(verb: 'start' | 'stop', extra: Record<string, string> = {}): void {
  execFileSync(SCRIPT, [verb], {
    env: { ...process.env, DATA_DIR, ...PORTS, ...extra },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
