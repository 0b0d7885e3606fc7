import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../core/language/load.ts';
import type { TaskState } from '../core/model/run.ts';
import { Settings } from '../core/settings/settings.ts';
import { temporalExecutable } from '../tests/support/temporal.ts';
import { freePort } from '../installation/embedded/ports.ts';
import { runOnce } from './run-once.ts';

const source = (url: string) => `document: { dsl: 1.0.3, namespace: test, name: once, version: 1.0.0 }
do:
  - ask:
      call: http
      with: { method: get, endpoint: '${url}' }
  - add:
      set: { sum: '\${ .n + 1 }' }
`;

it('makes its calls, tells each task, and leaves nothing behind but its output', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"n":41}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text = source(`http://${host}/`);
  const { loaded } = loadDefinition(text, 'once.yaml');
  if (!loaded) throw new Error('not loaded');
  const home = await mkdtemp(join(tmpdir(), 'zaplecze-once-test-'));
  const port = await freePort();
  const told: TaskState[] = [];
  const executable = temporalExecutable();
  const played = await runOnce({
    definition: loaded,
    source: text,
    files: {},
    input: {},
    settings: Settings.parse({
      company: { name: 'Test' },
      publicUrl: `http://127.0.0.1:${port}`,
      server: { port },
      smtp: { host: '127.0.0.1', port, tls: 'none', from: 'a@b.example' },
      calls: { hosts: [host] },
    }),
    secretsFrom: home,
    temporalExecutable: 'path' in executable ? executable.path : '',
    chromium: '',
    onTask: (task) => told.push(task),
    onReady: () => undefined,
    signal: new AbortController().signal,
  });
  server.close();
  await rm(home, { recursive: true });
  expect(played).toMatchObject({ output: { sum: 42 } });
  expect(told).toMatchObject([
    { task: 'ask', status: 'completed' },
    { task: 'add', status: 'completed' },
  ]);
});
