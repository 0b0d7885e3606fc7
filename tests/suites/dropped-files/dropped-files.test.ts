import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../installation/embedded/ports.ts';
import { startProcess, type ZapleczeProcess } from '../../support/processes.ts';
import { eventually } from '../../support/temporal.ts';

/** Files dropped at once, and how often the installation is killed while it takes them. */
const [FILES, KILLS] = process.env['ZAPLECZE_FULL'] ? [500, 3] : [100, 1];
/** A file is a few writes on disk and one start of a run. */
const TAKEN_WITHIN_MS = 120_000;

const MAIN = join(import.meta.dirname, '../../../cli/main.ts');
const DEFINITION = `document: { dsl: 1.0.3, namespace: test, name: take-files, version: 1.0.0 }
schedule: { on: { one: { with: { type: file.received, source: place/drop } } } }
do:
  - note: { set: { name: '\${ .[0].name }' } }
`;

let dir = '';
let temporalPort = 0;
let env: Record<string, string> = {};
let up: ZapleczeProcess | undefined;
let starts = 0;

async function start(): Promise<ZapleczeProcess> {
  starts += 1;
  const args = ['up', '--settings', join(dir, 'zaplecze.yaml'), '--temporal-port', String(temporalPort)];
  up = await startProcess(`up-${starts}`, { dir, args, env, ready: 'zaplecze is up' });
  return up;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-drop-'));
  const port = await freePort();
  temporalPort = await freePort();
  const { ZAPLECZE_TEMPORAL = '', CHROMIUM_PATH = '' } = process.env;
  env = { ZAPLECZE_HOME: join(dir, 'home'), ZAPLECZE_TEMPORAL, CHROMIUM_PATH };
  await mkdir(join(dir, 'home/drop/in'), { recursive: true });
  await writeFile(join(dir, 'take-files.yaml'), DEFINITION);
  await writeFile(
    join(dir, 'zaplecze.yaml'),
    `company: { name: Test }
publicUrl: http://127.0.0.1:${port}
server: { port: ${port} }
smtp: { host: 127.0.0.1, port: 1, tls: none, from: a@b.example }
places:
  drop: { kind: folder, path: drop, watch: { folder: in, pollSeconds: 1, restSeconds: 1 } }
`,
  );
});
afterAll(async () => {
  await up?.stop();
  await rm(dir, { recursive: true, force: true });
});

const lying = async (folder: string): Promise<string[]> => readdir(join(dir, 'home/drop', folder)).catch(() => []);

it(`should make exactly one run of each of ${FILES} files, killed ${KILLS} times on the way`, async () => {
  await start();
  await promisify(execFile)(process.execPath, [MAIN, 'deploy', join(dir, 'take-files.yaml')], {
    env: { ...process.env, ...env },
  });
  const names = Array.from({ length: FILES }, (_, at) => `order-${String(at).padStart(3, '0')}.csv`);
  await Promise.all(names.map((name) => writeFile(join(dir, 'home/drop/in', name), `Order;Net\n${name};1,00\n`)));
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const enough = Math.floor((FILES * kill) / (KILLS + 1));
    await eventually(async () => (await lying('done')).length >= enough || undefined, TAKEN_WITHIN_MS);
    await up?.kill();
    expect((await lying('in')).length).toBeGreaterThan(0);
    await start();
  }
  await eventually(async () => (await lying('in')).length === 0 || undefined, TAKEN_WITHIN_MS);
  // A kill between the two steps of a move leaves a second name of the same file.
  const done = (await lying('done')).filter((name) => !/ \(\d+\)/.test(name));
  expect(done.sort()).toEqual(names);
  expect(await lying('failed')).toEqual([]);
  const connection = await Connection.connect({ address: `127.0.0.1:${temporalPort}` });
  const runs = await eventually(async () => {
    const ended = await endedRuns(connection);
    return ended.length >= FILES ? ended : undefined;
  }, TAKEN_WITHIN_MS);
  await connection.close();
  expect(new Set(runs).size).toBe(FILES);
  expect(runs.length).toBe(FILES);
});

/** Ids of the runs that have completed. Asked raw: their memos are encrypted. */
async function endedRuns({ workflowService }: Connection): Promise<string[]> {
  const query = 'WorkflowType = "automation" AND ExecutionStatus = "Completed"';
  const { executions } = await workflowService.listWorkflowExecutions({ namespace: 'default', query, pageSize: 1000 });
  return executions.map(({ execution }) => execution?.workflowId ?? '');
}
