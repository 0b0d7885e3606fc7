import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMailer, messageIdFor } from '../../bots/mail/index.ts';
import {
  fileMail,
  type MailHandler,
  type ReceivedMail,
  type WatchEvent,
  watchMailbox,
} from '../../bots/mailbox/index.ts';
import { MAX_MAIL_BYTES } from '../../bots/mailbox/limits.ts';
import {
  APPROVER,
  connection,
  deliver,
  forgetUids,
  lookInto,
  MAILBOX,
  noDovecot,
  SMTP_PORT,
  sourcesOf,
  startDovecot,
  stopDovecot,
  wipeDovecot,
} from '../support/dovecot.ts';

/** Polling would find a mail only after this: what comes sooner came by IDLE. */
const POLL_SECONDS = 60;
const SOON_MS = 20_000;

if (noDovecot) console.warn(`skipped: ${noDovecot}`);

const watches: { stop: () => Promise<void> }[] = [];
const takeAll: MailHandler = { accept: async () => ({ folder: 'processed' }) };

/** Watches with short pauses; `events` and `mails` grow as things happen. */
function watch(handler: MailHandler = takeAll, change: Parameters<typeof connection>[0] = {}) {
  const stopping = new AbortController();
  const events: WatchEvent[] = [];
  const mails: ReceivedMail[] = [];
  const noting: MailHandler = {
    accept: (mail, copy) => {
      mails.push(mail);
      return handler.accept(mail, copy);
    },
  };
  const done = watchMailbox(connection({ pollSeconds: POLL_SECONDS, ...change }), noting, {
    signal: stopping.signal,
    onEvent: (event) => events.push(event),
    timing: {
      reconnectFirstMs: 100,
      reconnectMaxMs: 500,
      authenticationMs: 300,
      handleFirstMs: 200,
      handleMaxMs: 1000,
    },
  });
  const stop = async () => {
    stopping.abort();
    await done;
  };
  watches.push({ stop });
  const count = (type: WatchEvent['type']) => events.filter((event) => event.type === type).length;
  return { events, mails, stop, count };
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + SOON_MS; Date.now() < deadline; await sleep(50)) if (await condition()) return;
  throw new Error(`waited in vain for ${what}`);
}

const newId = () => `<${randomUUID()}@firma.example>`;
const idsIn = async (folder: string) => (await lookInto(folder)).map((mail) => mail.messageId);

describe.skipIf(noDovecot !== undefined)('the mailbox bot on Dovecot and Exim', () => {
  beforeAll(() => {
    wipeDovecot();
    startDovecot();
  });
  afterEach(async () => {
    for (const { stop } of watches.splice(0)) await stop();
  });
  afterAll(() => wipeDovecot());

  it('should see a mail by IDLE at once, and move it once it is taken over', async () => {
    const { mails, count } = watch();
    await until(() => count('connected') === 1, 'the connection');
    const messageId = newId();
    await deliver({ messageId });
    await until(() => count('filed') === 1, 'the mail');
    expect(mails.map((mail) => mail.messageId)).toEqual([messageId]);
    expect(await idsIn('Processed')).toContain(messageId);
    expect(await idsIn('INBOX')).toEqual([]);
  });

  it('should handle every mail behind one event', async () => {
    const { mails, count } = watch();
    await until(() => count('connected') === 1, 'the connection');
    const ids = [newId(), newId(), newId()];
    await Promise.all(ids.map((messageId) => deliver({ messageId })));
    await until(() => count('filed') === 3, 'three mails');
    expect(new Set(mails.map((mail) => mail.messageId))).toEqual(new Set(ids));
  });

  it('should come back after the server was away, and find what came meanwhile', async () => {
    const { mails, events, count } = watch();
    await until(() => count('connected') === 1, 'the connection');
    stopDovecot();
    await until(() => count('disconnected') > 1, 'several attempts');
    startDovecot();
    const messageId = newId();
    await deliver({ messageId });
    await until(() => mails.length === 1, 'the mail');
    expect(mails[0]?.messageId).toBe(messageId);
    expect(events.filter((event) => event.type === 'connected')).toHaveLength(2);
  });

  it('should say that the login is refused, and go on trying', async () => {
    const { events, count } = watch(takeAll, { password: 'wrong' });
    await until(() => count('authentication-failed') >= 2, 'two refusals');
    expect(count('disconnected')).toBe(0);
    expect(JSON.stringify(events)).not.toContain('wrong');
  });

  it('should notice that UIDs mean other mails now, and lose none', async () => {
    let down = true;
    const handler: MailHandler = {
      accept: async () => {
        if (down) throw new Error('store is down');
        return { folder: 'processed' };
      },
    };
    const { count } = watch(handler);
    const messageId = newId();
    await deliver({ messageId });
    await until(() => count('handler-failed') >= 2, 'failures');
    expect(await idsIn('INBOX')).toEqual([messageId]);
    stopDovecot();
    forgetUids(MAILBOX);
    // UIDVALIDITY counts seconds: the new one has to be another.
    await sleep(1100);
    startDovecot();
    await until(() => count('uidvalidity-changed') === 1, 'the change');
    down = false;
    await until(() => count('filed') === 1, 'the mail');
    expect(await idsIn('Processed')).toContain(messageId);
  });

  it('should leave a mail whose handler fails, and take the others', async () => {
    const [bad, good] = [newId(), newId()];
    const { count } = watch({
      accept: async (mail) => {
        if (mail.messageId === bad) throw new Error('no room');
        return { folder: 'processed' };
      },
    });
    await deliver({ messageId: bad });
    await deliver({ messageId: good });
    await until(() => count('filed') === 1 && count('handler-failed') >= 2, 'one filed, one failing');
    expect(await idsIn('INBOX')).toEqual([bad]);
    expect(await idsIn('Processed')).toContain(good);
    await fileMail(connection(), { messageId: bad, folder: 'processed' });
  });

  it('should put an oversize mail and one without sender into quarantine, whole and with the reason', async () => {
    const big = newId();
    const none = newId();
    const line = `${'x'.repeat(998)}\r\n`;
    const body = line.repeat(Math.ceil(MAX_MAIL_BYTES / line.length) + 1);
    const { mails, count, events } = watch();
    await deliver({
      messageId: big,
      raw: `From: a@firma.example\r\nMessage-ID: ${big}\r\nSubject: big\r\n\r\n${body}`,
    });
    await deliver({ messageId: none, raw: `From: undisclosed\r\nMessage-ID: ${none}\r\nSubject: none\r\n\r\nx\r\n` });
    await until(() => count('filed') === 2, 'two mails');
    expect(mails).toEqual([]);
    const reasons = events.flatMap((event) => (event.type === 'filed' ? [event.reason] : []));
    expect(reasons).toContain('the mail names no sender (From)');
    const kept = await lookInto('Quarantine');
    expect(kept).toContainEqual({ messageId: big, keywords: ['$Reason-oversize'] });
    expect(kept).toContainEqual({ messageId: none, keywords: ['$Reason-no-sender'] });
  });

  it('should move a mail by its Message-ID from any folder, once', async () => {
    const messageId = newId();
    await deliver({ messageId });
    await until(async () => (await idsIn('INBOX')).includes(messageId), 'the delivery');
    const toQuarantine = { messageId, folder: 'quarantine', reason: 'brak faktury' } as const;
    expect(await fileMail(connection(), toQuarantine)).toEqual({ folder: 'Quarantine', moved: true });
    expect(await fileMail(connection(), toQuarantine)).toEqual({ folder: 'Quarantine', moved: false });
    expect(await lookInto('Quarantine')).toContainEqual({ messageId, keywords: ['$Reason-brak-faktury'] });
    expect(await fileMail(connection(), { messageId, folder: 'processed' })).toEqual({
      folder: 'Processed',
      moved: true,
    });
    const unknown = fileMail(connection(), { messageId: newId(), folder: 'processed' });
    await expect(unknown).rejects.toMatchObject({ problem: { title: 'mail-not-found' }, retryable: false });
  });

  it('should find a mail without Message-ID by its hash', async () => {
    const { mails, count } = watch({ accept: async () => ({ folder: 'quarantine', reason: 'no-invoice' }) });
    const raw = 'From: old@fax.example\r\nTo: x@y.example\r\nSubject: no id\r\nX-Fax: 1\r\n\r\nx\r\n';
    await deliver({ messageId: '', raw });
    await until(() => count('filed') === 1, 'the mail');
    const messageId = mails[0]?.messageId ?? '';
    expect(await fileMail(connection(), { messageId, folder: 'processed' })).toEqual({
      folder: 'Processed',
      moved: true,
    });
  });

  it('should receive what our mailer sends, in its thread, and know it as automatic', async () => {
    const mailer = createMailer({
      host: '127.0.0.1',
      port: SMTP_PORT,
      tls: 'none',
      trustAnyCertificate: false,
      from: 'Zaplecze <bot@mail.test>',
    });
    const messageId = messageIdFor(randomBytes(32), 'mail.test');
    const replyTo = {
      messageId: '<2@firma.example>',
      subject: 'RE: Odp: Faktura ąę',
      references: ['<1@firma.example>'],
    };
    const attachments = [{ name: 'żółw.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n') }];
    const sent = await mailer.send({ messageId, to: [MAILBOX, APPROVER], text: 'Zaksięgowano.', replyTo, attachments });
    expect(sent).toEqual({ messageId, accepted: [MAILBOX, APPROVER], rejected: [] });
    const { mails } = watch();
    await until(() => mails.length === 1, 'the mail');
    expect(mails[0]).toMatchObject({
      messageId,
      subject: 'Re: Faktura ąę',
      inReplyTo: '<2@firma.example>',
      references: ['<1@firma.example>', '<2@firma.example>'],
      automatic: true,
      attachments: [{ name: 'żółw.pdf', mediaType: 'application/pdf' }],
    });
    const [source = ''] = await sourcesOf(APPROVER);
    expect(source).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    const refused = mailer.send({ messageId: newId(), to: ['nobody@mail.test'], subject: 'x', text: 'x' });
    await expect(refused).rejects.toMatchObject({ problem: { title: 'mail-refused' }, retryable: false });
  });
});
