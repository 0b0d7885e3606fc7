import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { backup } from '../../cli/commands/backup.ts';
import { BOSS, MAILBOX_PASSWORD, MAILBOX_USER, portsFrom, TestInstallation } from '../support/installation.ts';
import { invoice } from '../support/approvals.ts';
import { eventually } from '../support/temporal.ts';

/** Ten that calls use, and ten that come by mail. */
const planted = Array.from({ length: 20 }, (_, at) => `planted-${at}-${randomBytes(12).toString('hex')}`);
const used = planted.slice(0, 10);
const mailed = planted.slice(10);

let place: TestInstallation;
let echo: Server;
let folder: string;
let heard = 0;
const logged: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void logged.push(String(line)));
  folder = await mkdtemp(join(tmpdir(), 'zaplecze-planted-'));
  place = await TestInstallation.prepare(portsFrom(17_800));
  const secrets = { mailbox: MAILBOX_PASSWORD, ...Object.fromEntries(used.map((value, at) => [`s${at}`, value])) };
  await writeFile(join(place.home, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  // Says back what it was sent, as a careless service does, and fails every second time.
  echo = createServer((request, response) => {
    heard += 1;
    response.writeHead(heard % 2 === 0 ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail: request.headers, path: request.url }));
  });
  await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done));
  await place.startMail();
  const host = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
  const people = [{ name: 'Barbara Boss', email: BOSS, language: 'en' as const }];
  await place.start(undefined, undefined, { people, calls: { hosts: [host], plaintext: [] } });
  await place.deploy(callsOf(host));
  await place.deploy(ASK_ABOUT_MAIL);
});
afterAll(async () => {
  echo?.close();
  delete process.env['ZAPLECZE_HOME'];
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

const callsOf = (host: string): string => `document: { dsl: 1.0.3, namespace: test, name: use-secrets, version: 1.0.0 }
use: { secrets: [${used.map((_, at) => `s${at}`).join(', ')}] }
do:
${used
  .map(
    (_, at) => `  - call${at}:
      call: http
      with:
        method: get
        endpoint: { uri: "http://${host}/${at}" }
        headers: { X-Key: "\${ $secrets.s${at} }" }
        output: response`,
  )
  .join('\n')}
`;
const ASK_ABOUT_MAIL = `document: { dsl: 1.0.3, namespace: test, name: ask-about, version: 1.0.0 }
schedule: { on: { one: { with: { type: mail.received, source: mailbox/invoices } } } }
do:
  - approve:
      call: approval.request
      with: { about: ${JSON.stringify({ ...invoice, number: 'N' })}, approvers: [${BOSS}] }
`;

it('should leave none of 20 secrets on the disk, in any encoding, and no file for others', async () => {
  const calls = await place.begin('use-secrets');
  await nodemailer.createTransport({ host: '127.0.0.1', port: place.ports.smtp, ignoreTLS: true }).sendMail({
    ...{ messageId: '<planted@supplier.example>', from: 'a@supplier.example', to: MAILBOX_USER },
    ...{ subject: mailed[0], text: mailed.slice(0, 5).join('\n'), html: `<p>${mailed.slice(5).join('<br>')}</p>` },
    attachments: [{ filename: 'a.txt', content: mailed.join('\n') }],
  });
  await place.untilEvent('filed');
  await place.untilRun(calls, ({ retrying, progress, status }) => {
    return retrying.length > 0 || (progress?.incidents.length ?? 0) > 0 || status !== 'running';
  });
  expect(heard).toBeGreaterThan(1);
  process.env['ZAPLECZE_HOME'] = place.home;
  const io = { out: () => {}, err: () => {}, stdin: async () => '' };
  const file = join(folder, 'backup');
  await eventually(async () => ((await backup(file, {}, io)) === 0 ? true : undefined), 60_000);
  const mails = await eventually(() => Promise.resolve(place.mailTo(BOSS) || undefined), 60_000);
  await place.stop();
  const files = [...(await filesIn(place.home)), file];
  const found: string[] = [];
  for (const path of files.filter((name) => !name.endsWith('secrets.json'))) {
    const bytes = await readFile(path);
    for (const secret of planted) {
      for (const [encoding, needle] of spellings(secret)) {
        if (bytes.includes(needle)) found.push(`${relative(place.home, path)}: ${secret.slice(0, 10)} as ${encoding}`);
      }
    }
  }
  expect(logged.join('\n')).toContain('[secret]');
  for (const secret of planted) {
    for (const [, needle] of spellings(secret)) {
      if (`${logged.join('\n')} ${mails}`.includes(needle.toString('latin1')))
        found.push(`log or mail: ${secret.slice(0, 10)}`);
    }
  }
  expect(mails).toContain(BOSS);
  expect(found).toEqual([]);
  expect(await open(place.home)).toEqual([]);
});

/** The same text as it may lie in a file. Of base64 the part that is the same wherever in a text it begins. */
function spellings(text: string): [string, Buffer][] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return ['base64', Buffer.from(encoded.slice(shift === 0 ? 0 : 4, -4))] as [string, Buffer];
  });
  return [
    ['text', bytes],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['percent', Buffer.from([...bytes].map((byte) => `%${byte.toString(16)}`).join(''))],
    ['reversed', Buffer.from(bytes.toReversed())],
    ...base64,
  ];
}

async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** What others could read: below a folder that is closed to them nothing is. */
async function open(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const wrong: string[] = (await stat(dir)).mode & 0o077 ? [dir] : [];
  for (const entry of entries) {
    const path = join(dir, entry.name);
    // PGlite makes its files itself: their folder is closed.
    if (entry.isDirectory()) wrong.push(...(entry.name === 'database' ? [] : await open(path)));
    if (((await stat(path)).mode & 0o077) !== 0) wrong.push(path);
  }
  return wrong;
}
