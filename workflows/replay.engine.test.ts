import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { applicationException } from '../definitions/model/problem.ts';
import { MESSAGES } from '../definitions/model/run.ts';
import { Engine, failure, workflowBundle } from '../tests/support/temporal.ts';

const FOLDER = join(import.meta.dirname, '..', 'tests', 'histories');
const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const set = (value: unknown) => ({ set: value });
const CHECK = { call: 'invoice.check', with: { n: '${ . }' } };

/** One definition for each kind of task that leaves traces in a history. */
const RECORDED: Record<string, { definition: object; input?: unknown; events?: object[] }> = {
  call: {
    definition: {
      do: list(
        { ...CHECK, output: { as: '.n' } },
        { call: 'http', with: { method: 'get', endpoint: 'https://a.example/{n}' } },
      ),
    },
    input: { n: 1 },
  },
  loop: {
    definition: { do: list({ for: { in: '[1,2,3]' }, do: list({ ...CHECK, output: { as: '.n' } }) }) },
    input: 1,
  },
  fork: {
    definition: {
      do: list(
        { fork: { branches: list(CHECK, { wait: 'PT0.1S' }) } },
        { fork: { compete: true, branches: list({ wait: 'PT1H' }, CHECK) } },
      ),
    },
  },
  listen: {
    definition: {
      do: list({
        listen: { to: { any: [{ with: { type: 'a' } }], until: 'length >= 2' } },
        foreach: { item: 'e', do: list(CHECK) },
      }),
    },
    events: [
      { type: 'a', id: '1', data: 1 },
      { type: 'a', id: '2', data: 2 },
    ],
  },
  try: {
    definition: {
      do: list({
        try: list({ call: 'sheet.append' }),
        catch: {
          retry: { delay: 'PT0.1S', limit: { attempt: { count: 1 } }, jitter: { from: 'PT0S', to: 'PT1S' } },
          do: list(set('${ $error.status }')),
        },
      }),
    },
  },
  timeout: {
    definition: { do: list({ try: list({ wait: 'PT1H', timeout: { after: 'PT0.1S' } }), catch: { do: list(CHECK) } }) },
  },
  run: { definition: { do: list({ run: { workflow: { namespace: 'test', name: 'child', version: '1.0.0' } } }) } },
  emit: { definition: { do: list({ emit: { event: { with: { type: 'done' } } } }) } },
};

const { History } = temporal.api.history.v1;

/** As JSON, without the names of machines and the places of files, which have no business in a recording. */
function toJson(history: temporal.api.history.v1.IHistory): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  return JSON.stringify(plain, (key, value: unknown) =>
    key === 'stackTrace' || key === 'identity' ? '' : value,
  ).replaceAll(/\d+@[\w.-]+/g, '1@worker');
}

const fileOf = (name: string): string => join(FOLDER, `${name}.json`);

describe.runIf(process.env['ZAPLECZE_RECORD'])('recording', () => {
  it('should record what is not recorded yet', async () => {
    const engine = await Engine.start({
      stubs: {
        'invoice.check': (args) => args,
        'call.http': () => ({ id: 1 }),
        'event.publish': () => null,
        'definition.find': () => ({
          definition: {
            document: { dsl: '1.0.3', namespace: 'test', name: 'child', version: '1.0.0' },
            do: list(set(1)),
          },
          hash: 'sha256:child',
        }),
        'sheet.append': () => {
          throw failure(applicationException('communication', 'locked', { retryable: false }));
        },
      },
    });
    for (const [name, { definition, input, events = [] }] of Object.entries(RECORDED)) {
      if (existsSync(fileOf(name))) continue;
      const handle = await engine.begin(definition, input, { id: `recorded-${name}` });
      for (const event of events)
        await handle.signal(MESSAGES.event, { specversion: '1.0', source: '/test', ...event });
      await handle.result();
      await writeFile(fileOf(name), toJson(await handle.fetchHistory()));
    }
    await engine.stop();
  });
});

describe('replay', () => {
  it.each(Object.keys(RECORDED))('should take the same steps again: %s', async (name) => {
    const history = History.fromObject(JSON.parse(await readFile(fileOf(name), 'utf8')) as object);
    const options = { workflowBundle: await workflowBundle(), replayName: name };
    await expect(Worker.runReplayHistory(options, history, `recorded-${name}`)).resolves.toBeUndefined();
  });
});
