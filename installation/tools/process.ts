import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Asking a program its version takes a moment; one that needs longer hangs. */
const VERSION_TIMEOUT_MS = 20_000;
/** Debian's Chromium with its libraries on a slow line. */
const INSTALL_TIMEOUT_MS = 9 * 60_000;

/** Folder of tools that are shared by all checkouts of this user. */
export const cacheDir =
  process.env.ZAPLECZE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'zaplecze');

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** First program of these names on PATH. */
export async function which(...names: string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** First number with a point that `path --version` prints, or undefined where it does not run. */
export async function versionOf(path: string, args = ['--version']): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(path, args, { timeout: VERSION_TIMEOUT_MS });
    return /\d+(\.\d+)+/.exec(stdout + stderr)?.[0];
  } catch {
    return undefined;
  }
}

/** Runs a program to its end; throws with its last words. */
export async function execute(command: string, args: string[], cwd?: string): Promise<string> {
  const { stdout } = await run(command, args, {
    cwd,
    timeout: INSTALL_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return stdout;
}

/** True where `apt-get` can be used without asking anybody. */
export async function canInstallDebianPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await which('apt-get')) !== undefined;
}

/** How long one `apt-get` waits for another to finish, in seconds. */
const APT_LOCK_SECONDS = '300';

/** Installs Debian packages as root; package lists are refreshed first, for a bare machine has none. */
export async function installDebianPackages(packages: string[]): Promise<void> {
  const lock = ['-o', `DPkg::Lock::Timeout=${APT_LOCK_SECONDS}`];
  const install = ['-qq', ...lock, 'install', '-y', '--no-install-recommends', ...packages];
  try {
    await execute('apt-get', install);
  } catch {
    await execute('apt-get', ['-qq', ...lock, 'update']);
    await execute('apt-get', install);
  }
}
