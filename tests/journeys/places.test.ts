import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSftpPlace, openWebdavPlace } from '../../bots/places/index.ts';
import { placeContract } from '../support/place-contract.ts';

const script = (name: string) => join(import.meta.dirname, '../../scripts/services', name);
const SFTP = { SFTP_PORT: '17423', SFTP_DIR: '/var/tmp/zaplecze-sftp-journey' };
const WEBDAV = { WEBDAV_PORT: '17481', WEBDAV_DIR: '/var/tmp/zaplecze-webdav-journey' };

const said: Record<string, string> = {};

function service(name: string, verb: 'start' | 'stop', env: Record<string, string>): void {
  const output = execFileSync(script(name), [verb], { env: { ...process.env, ...env }, encoding: 'utf8' });
  for (const [, key = '', value = ''] of output.matchAll(/^(\w+)=(.*)$/gm)) said[key] = value;
}

beforeAll(() => {
  service('sftp.sh', 'start', SFTP);
  service('webdav.sh', 'start', WEBDAV);
});
afterAll(() => {
  service('sftp.sh', 'stop', { ...SFTP, WIPE: '1' });
  service('webdav.sh', 'stop', { ...WEBDAV, WIPE: '1' });
});

let number = 0;
/** A fresh folder for each test. */
async function fresh(top: string): Promise<{ name: string; folder: string }> {
  number += 1;
  const name = `t${number}`;
  const folder = join(top, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return { name, folder };
}

const sftpAddress = async (path: string) => ({
  host: '127.0.0.1',
  port: Number(SFTP.SFTP_PORT),
  user: 'root',
  privateKey: await readFile(said['SFTP_KEY'] ?? '', 'utf8'),
  hostKey: said['SFTP_HOST_KEY'] ?? '',
  path,
});

placeContract('OpenSSH by SFTP', async () => {
  const { folder } = await fresh(said['SFTP_FOLDER'] ?? '');
  return { folder, place: openSftpPlace(await sftpAddress(folder)) };
});

placeContract('WsgiDAV by WebDAV', async () => {
  const { folder, name } = await fresh(said['WEBDAV_FOLDER'] ?? '');
  const url = `http://127.0.0.1:${WEBDAV.WEBDAV_PORT}/${name}`;
  return { folder, place: openWebdavPlace({ url, user: 'dav', password: 'dav-pw' }) };
});

it('should refuse an SFTP server that shows another key, and say which', async () => {
  const address = { ...(await sftpAddress('/')), hostKey: `SHA256:${'A'.repeat(43)}` };
  await expect(openSftpPlace(address).list('')).rejects.toThrow(`shows the key ${said['SFTP_HOST_KEY']}`);
});

it('should say who is refused, and where nobody listens', async () => {
  const address = { ...(await sftpAddress('/')), user: 'nobody-here' };
  await expect(openSftpPlace(address).list('')).rejects.toThrow('refuses the user nobody-here');
  await expect(openSftpPlace({ ...address, port: 9 }).list('')).rejects.toThrow('127.0.0.1:9 cannot be reached');
  const share = { url: `http://127.0.0.1:${WEBDAV.WEBDAV_PORT}/`, user: 'dav', password: 'wrong' };
  await expect(openWebdavPlace(share).list('')).rejects.toThrow('answers 401');
});
