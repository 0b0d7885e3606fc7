import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openSecrets } from '../../installation/secrets.ts';
import { addAuthenticator } from './authenticator.ts';

let home: string;
const said: string[] = [];
const io = {
  out: (text: string) => void said.push(text),
  err: (text: string) => void said.push(text),
  stdin: () => Promise.resolve(''),
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'zaplecze-authenticator-'));
  vi.stubEnv('ZAPLECZE_HOME', home);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

it('should keep a key among the secrets, show it once, and leave one that is there', async () => {
  expect(await addAuthenticator('Anna.N@huta.example', { issuer: 'Huta' }, io)).toBe(0);
  const name = 'authenticator-anna-n-huta-example';
  const key = await openSecrets(home).get(name);
  expect(said.join('\n')).toContain(key);
  expect(said.join('\n')).toContain(`authenticator: ${name}`);
  expect(said[0], 'a QR code in blocks').toMatch(/[█▀▄]/);
  const code = new TOTP({ secret: key }).generate();
  expect(code).toMatch(/^\d{6}$/);
  expect((URI.parse(`otpauth://totp/x?secret=${key}`) as TOTP).validate({ token: code })).toBe(0);
  expect((await stat(join(home, 'secrets.json'))).mode & 0o777).toBe(0o600);
  await expect(addAuthenticator('anna.n@huta.example', { issuer: 'Huta' }, io)).rejects.toThrow('exists');
  expect(JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8'))).toEqual({ [name]: key });
  await addAuthenticator('anna.n@huta.example', { issuer: 'Huta', replace: true }, io);
  expect(await openSecrets(home).get(name)).not.toBe(key);
});

it('should say what is no address', async () => {
  expect(await addAuthenticator('anna', { issuer: 'Huta' }, io)).not.toBe(0);
});
