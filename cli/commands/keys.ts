import { join } from 'node:path';
import { homeDir } from '../../installation/home.ts';
import { openKeyRing, rotateKeyRing } from '../../installation/keys/key-ring.ts';
import { EXIT, type Io, table } from '../io.ts';

const keyFile = (): string => join(homeDir(), 'keys.json');

/** `zaplecze keys list`: ids of the keys, never the keys. The first one is in use. */
export async function listKeys(options: { json?: boolean }, io: Io): Promise<number> {
  const keys = (await openKeyRing(keyFile())).list();
  const rows = keys.map(({ id, since }, at) => [id, since, at === 0 ? 'signs and encrypts' : 'verifies and decrypts']);
  io.out(options.json ? JSON.stringify(keys) : table(['ID', 'SINCE', 'USE'], rows));
  return EXIT.ok;
}

/** `zaplecze keys rotate`: a fresh key for everything that is signed and encrypted from now on. */
export async function rotateKeys(io: Io): Promise<number> {
  await openKeyRing(keyFile());
  const id = await rotateKeyRing(keyFile());
  io.out(`Key ${id} is in use. Running processes follow within a second; older links and histories still open.`);
  return EXIT.ok;
}
