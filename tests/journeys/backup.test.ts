import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backup, restore } from '../../cli/commands/backup.ts';
import type { MailServer } from '../../demo/mail-server/start.ts';
import { invoice, linkIn } from '../support/approvals.ts';
import { BOSS, MAILBOX_PASSWORD, portsFrom, TestInstallation } from '../support/installation.ts';
import { eventually } from '../support/temporal.ts';

const ASK = `document: { dsl: 1.0.3, namespace: test, name: ask, version: 1.0.0 }
do:
  - approve: { call: approval.request, with: { about: ${JSON.stringify(invoice)}, approvers: [${BOSS}] } }
`;
const PORTS = portsFrom(17_780);
const people = [{ name: 'Barbara Boss', email: BOSS, language: 'en' as const }];

let first: TestInstallation;
let restored: TestInstallation;
let mails: MailServer;
let folder: string;
let file: string;
let run: string;
const said: string[] = [];
const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text), stdin: async () => '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaplecze-backup-'));
  file = join(folder, 'monday.zaplecze');
  first = await TestInstallation.prepare(PORTS);
  restored = TestInstallation.at(join(folder, 'home'), PORTS);
  mails = await first.startMail();
  const { installation } = await first.start(undefined, undefined, { people });
  await installation.parts.store.artefacts.put({ name: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('one') });
  await first.deploy(ASK);
  run = await first.begin('ask');
  await eventually(() => link(), 60_000);
  process.env['ZAPLECZE_HOME'] = first.home;
  expect(await backup(file, {}, io)).toBe(0);
});
afterAll(async () => {
  delete process.env['ZAPLECZE_HOME'];
  await restored.stop();
  await first.remove();
  await rm(folder, { recursive: true, force: true });
});

async function link(): Promise<string | undefined> {
  const [mail] = mails.list(BOSS, 'INBOX');
  return mail && linkIn({ text: (await simpleParser(mail.raw)).text ?? '' });
}

describe('a backup', () => {
  it('should be for its owner alone, and hold nothing that can be read without the keys', async () => {
    for (const path of [file, `${file}.keys`]) expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    const bytes = await readFile(file);
    for (const secret of [MAILBOX_PASSWORD, BOSS, 'approval.request', String(invoice.number)]) {
      expect(bytes.includes(`"${secret}`), secret).toBe(false);
    }
    expect(await readdir(folder)).toEqual(['monday.zaplecze', 'monday.zaplecze.keys']);
  });

  it.each([
    ['a changed byte', (path: string) => flip(path, 0.5), /temporal\/\d+ is damaged|store\/\S+ is damaged/],
    ['its end cut off', async (path: string) => truncate(path, (await stat(path)).size - 4000), /it is cut off/],
    ['a changed manifest', (path: string) => flip(path, 0.9999), /its manifest does not open|is damaged|cut off/],
  ])('should be refused with %s, and leave the folder empty', async (_what, damage, words) => {
    const copy = join(folder, 'damaged.zaplecze');
    await copyFile(file, copy);
    await damage(copy);
    const home = join(folder, 'damaged');
    await expect(restore(copy, { home, keys: `${file}.keys` }, io)).rejects.toThrow(words);
    expect(await readdir(home)).toEqual([]);
    await rm(copy);
  });

  it('should not be restored into a folder that is in use', async () => {
    await expect(restore(file, { home: folder }, io)).rejects.toThrow(/is not empty/);
  });

  it('should go on in an empty folder: the approval that waited is decided there', async () => {
    await first.stop();
    await rm(first.home, { recursive: true });
    expect(await restore(file, { home: restored.home }, io)).toBe(0);
    const { installation, url } = await restored.start(undefined, undefined, { people });
    const path = (await link()) ?? '';
    const page = await (await fetch(new URL(path, url))).text();
    const token = /name="page"\s+value="([^"]+)"/.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ page: token, decision: 'approved' });
    const sent = await fetch(new URL(path, url), {
      method: 'POST',
      body,
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(sent.status).toBeLessThan(400);
    await restored.untilRun(run, ({ status }) => status === 'completed');
    const { store } = installation.parts;
    expect(await store.audit.verify()).not.toHaveProperty('brokenAt');
    const actions = (await store.audit.list()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['backup.made', 'backup.restored', 'approval.decided']));
    const id = 'sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed';
    expect(Buffer.from((await store.artefacts.get(id)).bytes).toString()).toBe('one');
  });
});

/** Changes one byte at a share of the length. */
async function flip(path: string, share: number): Promise<void> {
  const handle = await open(path, 'r+');
  const at = Math.floor((await handle.stat()).size * share);
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, at);
  await handle.close();
}
