import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalFromEnvironment } from '../installation/temporal-connection.ts';
import { parseSettings } from '../installation/settings.ts';
import { type Identity, selfSigned } from '../tests/support/certificate.ts';
import { quiet, temporalExecutable } from '../tests/support/temporal.ts';
import { openInstallation } from './open-installation.ts';
import { runWorkers } from './run-workers.ts';

/** Temporal behind TLS that asks for a certificate, as production has it. */
let env: TestWorkflowEnvironment;
let door: Server;
let home = '';
let [server, worker, stranger]: Identity[] = [];

beforeAll(async () => {
  quiet();
  home = await mkdtemp(join(tmpdir(), 'zaplecze-tls-'));
  [server, worker, stranger] = await Promise.all(['temporal.test', 'worker.test', 'stranger.test'].map(selfSigned));
  const executable = temporalExecutable();
  env = await TestWorkflowEnvironment.createLocal({
    server: { executable, log: { format: 'pretty', level: 'error' } },
  });
  const [host = '', port = ''] = env.address.split(':');
  door = createServer(
    {
      key: server?.key,
      cert: server?.certificate,
      ca: worker?.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2'],
    },
    (socket) => {
      const inner = connect(Number(port), host);
      socket.pipe(inner).pipe(socket);
      socket.on('error', () => inner.destroy());
      inner.on('error', () => socket.destroy());
    },
  );
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  door?.close();
  await env?.teardown();
  await rm(home, { recursive: true, force: true });
});

async function connectionOf(identity: Identity | undefined) {
  const files = { crt: identity?.certificate ?? '', key: identity?.key ?? '', ca: server?.certificate ?? '' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text);
  return temporalFromEnvironment({
    TEMPORAL_ADDRESS: `127.0.0.1:${(door.address() as AddressInfo).port}`,
    TEMPORAL_TLS_CLIENT_CERT_PATH: join(home, 'crt'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: join(home, 'key'),
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(home, 'ca'),
    TEMPORAL_TLS_SERVER_NAME: 'temporal.test',
  });
}

async function open(identity: Identity | undefined) {
  const settings = parseSettings(
    'company: { name: Test }\npublicUrl: http://127.0.0.1:1\nsmtp: { host: 127.0.0.1, port: 1, tls: none, from: a@b.example }\n',
    'zaplecze.yaml',
  );
  const temporal = { ...(await connectionOf(identity)), searchAttributes: false };
  return openInstallation({ home, settings, temporal });
}

it('should open and run workers by mTLS', async () => {
  const installation = await open(worker);
  const workers = await runWorkers(installation, ['mail']);
  expect((await installation.client.workflowService.getSystemInfo({})).serverVersion).toBeTruthy();
  await workers.stop();
  await installation.close();
});

it('should not let a certificate in that Temporal does not know', async () => {
  const { address, tls } = await connectionOf(stranger);
  await expect(Connection.connect({ address, tls, connectTimeout: 2_000 })).rejects.toThrow();
});
