import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../../installation/embedded/ports.ts';
import { checkSettings } from './doctor-settings.ts';

let dir = '';
let there: Server;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'doctor-'));
  vi.stubEnv('ZAPLECZE_HOME', dir);
  there = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => there.once('listening', ready));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  there.close();
  await rm(dir, { recursive: true, force: true });
});

const settings = async (text: string): Promise<string> => {
  const file = join(dir, 'zaplecze.yaml');
  await writeFile(file, text);
  return file;
};

it('should tell what answers, what does not, and which secret is missing', async () => {
  const port = (there.address() as AddressInfo).port;
  const gone = await freePort();
  const file = await settings(`
company: { name: Huta }
publicUrl: http://127.0.0.1:1
smtp: { host: 127.0.0.1, port: ${port}, tls: none, from: a@b.example }
mailboxes: { invoices: { host: 127.0.0.1, port: ${port}, tls: none, user: a@b.example, password: doctor-nobody } }
targets: { intranet: { url: 'http://127.0.0.1:${gone}/' } }
`);
  expect(await checkSettings(file)).toEqual([
    { name: 'Settings', ok: true, state: file },
    { name: 'Mail server', ok: true, state: `127.0.0.1:${port} answers` },
    {
      name: 'Mailbox invoices',
      ok: false,
      state: 'a secret is missing',
      mend: expect.stringContaining('set ZAPLECZE_SECRET_DOCTOR_NOBODY') as string,
    },
    {
      name: 'Target intranet',
      ok: false,
      state: `127.0.0.1:${gone} is not responding (ECONNREFUSED)`,
      mend: `start 127.0.0.1:${gone}, or correct its address in the settings`,
    },
  ]);
});

it('should say where the settings are not in order', async () => {
  const file = await settings('company: {}\n');
  expect(await checkSettings(file)).toMatchObject([
    { name: 'Settings', ok: false, mend: expect.stringContaining(`${file}:1:`) as string },
  ]);
});
