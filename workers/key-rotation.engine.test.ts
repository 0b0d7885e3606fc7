import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { loadDefinition } from '../core/language/load.ts';
import { startRun } from '../intake/start-run.ts';
import { rotateKeyRing } from '../installation/keys/key-ring.ts';
import { parseSettings } from '../installation/settings.ts';
import { eventually, quiet, temporalExecutable } from '../tests/support/temporal.ts';
import { openInstallation } from './open-installation.ts';
import { runWorkers } from './run-workers.ts';

const SETTINGS =
  'company: { name: Test }\npublicUrl: http://127.0.0.1:1\nsmtp: { host: 127.0.0.1, port: 1, tls: none, from: a@b.example }\n';
const SOURCE = `
document: { dsl: 1.0.3, namespace: test, name: waits, version: 1.0.0 }
do:
  - heard: { listen: { to: { one: { with: { type: sample.spoken } } } } }
`;
const CLAIMS = { approval: 'apr_0123456789abcdefghij', round: 1, approver: 'anna@firma.example' };

let env: TestWorkflowEnvironment;
let home = '';
beforeAll(async () => {
  quiet();
  home = await mkdtemp(join(tmpdir(), 'zaplecze-rotation-'));
  const executable = temporalExecutable();
  env = await TestWorkflowEnvironment.createLocal({
    server: { executable, log: { format: 'pretty', level: 'error' } },
  });
});
afterAll(async () => {
  await env?.teardown();
  await rm(home, { recursive: true, force: true });
});

function open() {
  const temporal = { address: env.address, namespace: 'default', searchAttributes: false };
  return openInstallation({ home, settings: parseSettings(SETTINGS, 'zaplecze.yaml'), temporal });
}

it('should open old histories and links after a rotation while a run waits, and use the new key', async () => {
  const before = await open();
  const workers = await runWorkers(before, ['engine']);
  const { loaded } = loadDefinition(SOURCE, 'waits.yaml');
  if (!loaded) throw new Error('the definition is refused');
  const { definition, hash } = loaded;
  const { namespace, name, version } = definition.document;
  const { store } = before.parts;
  await store.definitions.deploy({ hash, namespace, name, version, definition, source: SOURCE, files: {} });
  const deployed = await store.definitions.byHash(hash);
  if (!deployed) throw new Error('not deployed');
  const { run } = await startRun(before.client, deployed, 'one', {});
  const listens = async () => (await store.events.subscribers('sample.spoken')).some((other) => other.run === run);
  await eventually(async () => ((await listens()) ? true : undefined));
  const expiresAt = new Date(Date.now() + 86_400_000);
  const link = before.tokens.signLink({ ...CLAIMS, expiresAt });

  const id = await rotateKeyRing(join(home, 'keys.json'));
  await workers.stop();
  await before.close();

  // A worker that has never seen the run replays what was sealed with the old key.
  const after = await open();
  const fresh = await runWorkers(after, ['engine']);
  await after.publish({ specversion: '1.0', id: '1', source: 'test', type: 'sample.spoken', data: 'hello' });
  const handle = after.client.workflow.getHandle(run);
  expect(await handle.result()).toEqual(['hello']);
  expect(after.tokens.readLink(link)).toMatchObject({ approval: CLAIMS.approval });
  expect(after.tokens.signLink({ ...CLAIMS, expiresAt })).toContain(`.${id}.`);
  const history = JSON.stringify(await handle.fetchHistory());
  expect(history).toContain(Buffer.from(id).toString('base64'));
  await fresh.stop();
  await after.close();
});
