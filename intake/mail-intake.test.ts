import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseMail } from '../bots/mailbox/parse-mail.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import { openStore, type Store } from '../store/index.ts';
import { createMailIntake, type IntakeDependencies } from './mail-intake.ts';

let dir: string;
let store: Store;
/** Ids of events under which runs were started: as the engine, it starts nothing twice. */
const started = new Set<string>();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-intake-'));
  store = await openStore({ dir });
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  started.clear();
  for (const table of ['mails', 'events', 'audit'] as const) await store.db.deleteFrom(table).execute();
});

/** Keeps the event as the router does, and starts one run for it. */
async function publish(event: CloudEvent) {
  await store.events.keep(event);
  started.add(event.id);
  return { runs: [`run ${event.id}`], signalled: [] };
}

function intakeOf(change: Partial<IntakeDependencies> = {}) {
  const { artefacts, mails, audit, events } = store;
  const earlier = (source: string, id: string) => events.find(source, id);
  return createMailIntake({ artefacts, mails, audit, publish, earlier, ...change });
}

/** A scanner's mail, delivered through some server. */
function scan(text: string, { messageId = '<1@scanner.example>', via = 'a' } = {}) {
  const raw = [
    `Received: from ${via}.example by mx.example; Tue, 24 Nov 2026 10:00:00 +0000`,
    ...(messageId ? [`Message-ID: ${messageId}`] : []),
    'From: scan@firma.example',
    'Date: Tue, 24 Nov 2026 10:00:00 +0000',
    'Subject: Scan',
    '',
    text,
  ];
  return parseMail(Buffer.from(raw.join('\r\n')), 'invoices', new Date('2026-11-24T10:00:00Z'));
}

const actions = async () => (await store.audit.list()).map(({ action }) => action);
const account = async () => (await store.mails.accounts())[0];

describe('which mail it is', () => {
  it('should start a run of each mail that says something else, also under one Message-ID', async () => {
    const intake = intakeOf();
    for (const [uid, text] of ['one', 'two', 'three'].entries()) {
      expect(await intake.accept(await scan(text), `INBOX;UID=${uid}`)).toEqual({ folder: 'processed' });
    }
    expect(started.size).toBe(3);
    expect(await account()).toMatchObject({ in: 3, runs: 3, twins: 0 });
    expect(await actions()).toEqual(['mail.message-id-reused', 'mail.message-id-reused']);
  });

  it('should know a twin by Message-ID and content, whichever way it came, and say so', async () => {
    const intake = intakeOf();
    await intake.accept(await scan('one'), 'INBOX;UID=1');
    const twin = await intake.accept(await scan('one', { via: 'b' }), 'INBOX;UID=2');
    expect(twin).toEqual({ folder: 'processed', reason: 'twin of a mail that was taken before' });
    expect(started.size).toBe(1);
    expect(await account()).toMatchObject({ in: 2, runs: 1, twins: 1, folders: { processed: 2, quarantine: 0 } });
    expect(await actions()).toEqual(['mail.twin']);
  });

  it('should know a mail without a Message-ID when it is delivered again', async () => {
    const intake = intakeOf();
    await intake.accept(await scan('one', { messageId: '' }), 'INBOX;UID=1');
    await intake.accept(await scan('one', { messageId: '', via: 'b' }), 'INBOX;UID=2');
    await intake.accept(await scan('two', { messageId: '' }), 'INBOX;UID=3');
    expect(await account()).toMatchObject({ in: 3, runs: 2, twins: 1 });
  });

  it('should start nothing again of a mail that an earlier release took, and take another of its name', async () => {
    const mail = await scan('one');
    const data = { attachments: [], text: 'one', subject: 'Scan' };
    const source = 'mailbox/invoices';
    await publish({ specversion: '1.0', type: 'mail.received', source, id: mail.messageId, data });
    await intakeOf().accept(mail, 'INBOX;UID=1');
    expect([...started]).toEqual([mail.messageId]);
    await intakeOf().accept(await scan('two'), 'INBOX;UID=2');
    expect(started.size).toBe(2);
  });
});

describe('a crash', () => {
  it('should make no twin of the same copy that is offered again, wherever it struck', async () => {
    const crashes: Partial<IntakeDependencies>[] = [
      { publish: () => Promise.reject(new Error('crash before the run')) },
      {
        publish: (event) =>
          publish(event).then(() => {
            throw new Error('crash after the run');
          }),
      },
      { mails: { see: (mail) => store.mails.see(mail), decide: () => Promise.reject(new Error('crash at the note')) } },
      { mails: { see: (mail) => store.mails.see(mail), decide: (...all) => store.mails.decide(...all) } },
    ];
    const mail = await scan('one');
    for (const crash of crashes)
      await intakeOf(crash)
        .accept(mail, 'INBOX;UID=1')
        .catch(() => undefined);
    expect(await intakeOf().accept(mail, 'INBOX;UID=1')).toEqual({ folder: 'processed' });
    expect(started.size).toBe(1);
    expect(await account()).toMatchObject({ in: 1, runs: 1, twins: 0, waiting: 0 });
    expect(await actions()).toEqual([]);
  });

  it('should count a mail whose processing fails as waiting', async () => {
    const down = intakeOf({ publish: () => Promise.reject(new Error('engine down')) });
    await expect(down.accept(await scan('one'), 'INBOX;UID=1')).rejects.toThrow('engine down');
    expect(await account()).toMatchObject({ in: 1, runs: 0, waiting: 1 });
  });
});

describe('what starts nothing', () => {
  it('should go to quarantine with the reason, and start once an automation wants it', async () => {
    const nobody = intakeOf({ publish: () => Promise.resolve({ runs: [], signalled: [] }) });
    const reason = 'no deployed automation takes mails of mailbox invoices';
    expect(await nobody.accept(await scan('one'), 'INBOX;UID=1')).toEqual({ folder: 'quarantine', reason });
    expect(await intakeOf().accept(await scan('one'), 'INBOX;UID=2')).toEqual({ folder: 'processed' });
    expect(await account()).toMatchObject({ in: 2, runs: 1, quarantine: 1, twins: 0 });
  });

  it.each(['comment', 'late', 'ignored'] as const)('should be a reply to an approval: %s', async (outcome) => {
    const intake = intakeOf({ reply: () => Promise.resolve(outcome) });
    expect(await intake.accept(await scan('Tak'), 'INBOX;UID=1')).toEqual({ folder: 'processed' });
    expect(started.size).toBe(0);
    expect(await account()).toMatchObject({ in: 1, replies: 1 });
  });

  it('should be a mail that cannot be read, in the account too', async () => {
    const refused = { mailbox: 'invoices', messageId: 'uid 1', copy: 'INBOX;UID=1', reason: 'no sender' };
    await intakeOf().refuse?.(refused);
    expect(await account()).toMatchObject({ in: 1, refused: 1, folders: { processed: 0, quarantine: 1 } });
  });
});

describe('a mail that the database refuses', () => {
  it('should go to quarantine instead of staying in the inbox for ever', async () => {
    const poison = Object.assign(new Error('unsupported Unicode escape sequence'), { code: '22P05' });
    const intake = intakeOf({ publish: () => Promise.reject(poison) });
    const reason = 'the mail cannot be stored: it holds what no database keeps';
    expect(await intake.accept(await scan('one'), 'INBOX;UID=1')).toEqual({ folder: 'quarantine', reason });
    expect(await account()).toMatchObject({ in: 1, refused: 1, waiting: 0 });
  });

  it('should not be one whose text has NUL, a letter cut in half, or an absurd Message-ID', async () => {
    const long = `<${'x'.repeat(9_000)}@scanner.example>`;
    const poison = [
      await scan('one\u0000two'),
      await scan(`${'x'.repeat(15_999)}😀`),
      await scan('three', { messageId: '<a\u0000b@scanner.example>' }),
      await scan('four', { messageId: long }),
    ];
    for (const [uid, mail] of poison.entries()) {
      expect(await intakeOf().accept(mail, `INBOX;UID=${uid}`)).toEqual({ folder: 'processed' });
    }
    expect(started.size).toBe(4);
    expect(await account()).toMatchObject({ in: 4, runs: 4, refused: 0 });
    expect(poison.map(({ messageId }) => messageId.length).every((length) => length < 1_000)).toBe(true);
  });
});
