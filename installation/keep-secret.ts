import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applicationException } from '../core/model/problem.ts';
import { readSecrets } from './secrets.ts';

/** Only the owner of the installation reads it. */
const MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Adds a secret to `secrets.json` of the state folder. One that is there stays, unless `replace` says otherwise. */
export async function keepSecret(home: string, name: string, value: string, replace = false): Promise<void> {
  const file = join(home, 'secrets.json');
  const secrets = await readSecrets(file, name);
  if (secrets[name] !== undefined && !replace) {
    throw applicationException('configuration', `the secret "${name}" exists. To fix: replace it with --replace`);
  }
  await mkdir(home, { recursive: true, mode: FOLDER_MODE });
  // A crash while writing leaves the file as it was.
  const fresh = `${file}.new`;
  await writeFile(fresh, `${JSON.stringify({ ...secrets, [name]: value }, null, 2)}\n`, { mode: MODE });
  await rename(fresh, file);
}
