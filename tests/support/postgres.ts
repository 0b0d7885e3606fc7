import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages } from '../../installation/tools/process.ts';
import { freePort } from '../../installation/embedded/ports.ts';

const VERSIONS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; the package's own user exists wherever the package is installed. */
const USER = 'postgres';

export type PostgresServer = { url: string; stop(): void };

/** Why no PostgreSQL can be started here, or undefined: it needs root on Debian, for it runs as another user. */
export const noPostgres =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'PostgreSQL tests need root on Debian';

/** Starts a private PostgreSQL cluster on loopback, with one empty database. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = await programs();
  // Its user must be able to reach the folder: no private temporary folder.
  const dir = join('/tmp', `zaplecze-pg-${randomBytes(6).toString('hex')}`);
  const password = randomBytes(12).toString('hex');
  mkdirSync(dir, { mode: 0o755 });
  const passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const data = join(dir, 'data');
  mkdirSync(data);
  execFileSync('chown', [USER, data]);
  const as = (program: string, ...args: string[]) =>
    execFileSync('runuser', ['-u', USER, '--', join(bin, program), ...args], { cwd: '/', stdio: 'pipe' });
  as(
    'initdb',
    '-D',
    data,
    '-U',
    'zaplecze',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  );
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  as('pg_ctl', '-w', '-D', data, '-o', options, '-l', join(data, 'log'), 'start');
  return {
    url: `postgresql://zaplecze:${password}@127.0.0.1:${port}/postgres`,
    stop: () => {
      as('pg_ctl', '-w', '-m', 'fast', '-D', data, 'stop');
      rmSync(dir, { recursive: true });
    },
  };
}

async function programs(): Promise<string> {
  const find = () =>
    readdirSync(VERSIONS)
      .sort((a, b) => Number(a) - Number(b))
      .at(-1);
  let version: string | undefined;
  try {
    version = find();
  } catch {
    // Debian's package would start a cluster of its own at once; this setting keeps it from doing so.
    mkdirSync('/etc/postgresql-common', { recursive: true });
    writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n', { flag: 'a' });
    await installDebianPackages(['postgresql']);
    version = find();
  }
  return join(VERSIONS, version ?? '', 'bin');
}
