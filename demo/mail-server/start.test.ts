import { mkdtemp, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MailboxFiles } from './mailbox-files.ts';
import { type MailServer, startMailServer } from './start.ts';

const users = [
  { email: 'invoices@zaklady.example', password: 'one' },
  { email: 'anna@zaklady.example', password: 'two' },
];
let dir = '';
let server: MailServer | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mail-server-'));
});
afterEach(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

const start = async (catchAll?: string) => {
  server = await startMailServer({ dir, smtpPort: 0, imapPort: 0, users, ...(catchAll && { catchAll }) });
  return server;
};
const send = (port: number, to: string, subject = 'Faktura ąż') =>
  nodemailer
    .createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
    .sendMail({ from: 'dostawca@firma.example', to, subject, text: 'Dzień dobry' });
const imap = async (port: number, pass = 'one') => {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    auth: { user: 'invoices@zaklady.example', pass },
    logger: false,
  });
  await client.connect();
  return client;
};

it('should keep mails, moves and flags through a restart', async () => {
  const before = await start();
  for (const subject of ['a', 'b', 'c']) await send(before.smtpPort, 'Invoices@zaklady.example', subject);
  let client = await imap(before.imapPort('invoices@zaklady.example'));
  await client.mailboxCreate('Processed');
  const opened = await client.mailboxOpen('INBOX');
  await client.messageMove('1', 'Processed', { uid: true });
  await client.messageFlagsAdd('2', ['\\Seen', '$Reason-x'], { uid: true });
  await client.logout();
  await before.close();

  const after = await start();
  client = await imap(after.imapPort('invoices@zaklady.example'));
  const again = await client.mailboxOpen('INBOX');
  expect(again.uidValidity).toBe(opened.uidValidity);
  expect(again.uidNext).toBe(4);
  const flags = await client.fetchAll('1:*', { flags: true, uid: true });
  expect(flags.map((mail) => [mail.uid, [...(mail.flags ?? [])]])).toEqual([
    [2, ['\\Seen', '$Reason-x']],
    [3, []],
  ]);
  await client.logout();
  expect(after.list('invoices@zaklady.example', 'Processed')).toHaveLength(1);
  expect(after.list('anna@zaklady.example', 'INBOX')).toEqual([]);
});

it('should have everything it confirmed after kill -9', async () => {
  const code = `
    import { startMailServer } from ${JSON.stringify(new URL('start.ts', import.meta.url).href)};
    const server = await startMailServer({ dir: ${JSON.stringify(dir)}, smtpPort: 0, imapPort: 0, users: ${JSON.stringify(users)} });
    console.log(server.smtpPort);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (line) => resolve(Number(line))));
  let confirmed = 0;
  const killed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  setTimeout(() => child.kill('SIGKILL'), 300);
  for (;;) {
    const sent = await send(port, 'invoices@zaklady.example').then(
      () => true,
      () => false,
    );
    if (!sent) break;
    confirmed += 1;
  }
  await killed;
  const found = (await start()).list('invoices@zaklady.example', 'INBOX').length;
  expect(confirmed).toBeGreaterThan(0);
  // The last one may have been kept without our hearing of it.
  expect([confirmed, confirmed + 1]).toContain(found);
});

it('should refuse unknown addresses, or give them to the outside world', async () => {
  const strict = await start();
  await expect(send(strict.smtpPort, 'nobody@firma.example')).rejects.toMatchObject({ responseCode: 550 });
  await strict.close();
  const open = await start('anna@zaklady.example');
  await send(open.smtpPort, 'nobody@firma.example');
  expect(open.list('anna@zaklady.example', 'INBOX')[0]?.raw.toString()).toMatch(
    /^Return-Path: <dostawca@firma.example>/,
  );
});

it('should refuse a wrong password', async () => {
  const started = await start();
  await expect(imap(started.imapPort('invoices@zaklady.example'), 'wrong')).rejects.toMatchObject({
    authenticationFailed: true,
  });
});

it('should keep one of a mail that is sent twice, also when it was moved meanwhile', async () => {
  const running = await start();
  const again = { messageId: '<same@firma.example>', from: 'dostawca@firma.example', to: 'invoices@zaklady.example' };
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: running.smtpPort, ignoreTLS: true });
  await transport.sendMail({ ...again, text: 'a' });
  const client = await imap(running.imapPort('invoices@zaklady.example'));
  await client.mailboxCreate('Processed');
  await client.mailboxOpen('INBOX');
  await client.messageMove('1', 'Processed', { uid: true });
  await client.logout();
  await transport.sendMail({ ...again, text: 'a' });
  expect(running.list('invoices@zaklady.example', 'INBOX')).toEqual([]);
  expect(running.list('invoices@zaklady.example', 'Processed')).toHaveLength(1);
});

it('should finish a move that a kill -9 has cut off', async () => {
  const files = new MailboxFiles(join(dir, encodeURIComponent('invoices@zaklady.example')));
  const raw = Buffer.from('Message-ID: <moved@firma.example>\r\n\r\nDzie\u0144 dobry');
  // Written to the new folder, and not yet gone from the old one.
  for (const path of ['INBOX', 'Processed']) {
    const file = files.addMail(path, raw);
    const messages = [{ uid: 1, file, flags: [], date: '24-Nov-2026 08:00:00 +0000' }];
    files.saveIndex({ path, uidValidity: 1, uidNext: 2, messages });
    await new Promise((done) => setTimeout(done, 5));
  }
  for (let n = 0; n < 2; n += 1) {
    const running = await start();
    expect(running.list('invoices@zaklady.example', 'INBOX')).toEqual([]);
    expect(running.list('invoices@zaklady.example', 'Processed')).toHaveLength(1);
    await running.close();
  }
});
