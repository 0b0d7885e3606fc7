import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverToRun } from '../activities/calls/asyncapi/deliver.ts';
import { createCallActivities } from '../activities/calls/index.ts';
import { errorName } from '../core/model/problem.ts';
import { callDeps } from '../tests/support/calls.ts';
import { Engine } from '../tests/support/temporal.ts';

/** Suggests continue-as-new after this many events instead of thousands. */
const SHORT_HISTORY = 150;
/** Numbers that the stream counts up to, one every few milliseconds; after a break it goes on where it was. */
const LAST = 800;

const open = new Set<ServerResponse>();
let connections = 0;
const server = createServer((request, response) => {
  connections++;
  open.add(response);
  response.on('close', () => open.delete(response));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let n = Number(request.headers['last-event-id'] ?? 0);
  const timer = setInterval(() => {
    if (n < LAST) response.write(`id: ${++n}\ndata: {"n":${n},"even":${n % 2 === 0}}\n\n`);
  }, 5);
  response.on('close', () => clearInterval(timer));
});

let engine: Engine;
let document: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  document = JSON.stringify({
    asyncapi: '3.0.0',
    servers: { main: { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, protocol: 'http' } },
    channels: { numbers: { address: 'numbers' } },
    operations: { numbers: { action: 'receive', channel: { $ref: '#/channels/numbers' } } },
  });
  engine = await Engine.start({
    serverArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SHORT_HISTORY}`],
    stubs: createCallActivities(callDeps({ file: () => Promise.resolve(document), deliver: deliverToRun })),
  });
});
afterAll(async () => {
  await engine.stop();
  server.closeAllConnections();
  server.close();
});

const subscribe = (subscription: object, more: object = {}) => ({
  do: [
    {
      numbers: {
        call: 'asyncapi',
        with: { document: { endpoint: 'resources/numbers.json' }, operation: 'numbers', subscription },
        ...('foreach' in subscription ? {} : { output: { as: '[.[].payload.n]' } }),
        ...more,
      },
    },
  ],
});

describe('a subscription', () => {
  it('should consume as many messages as asked for, of those that pass the filter', async () => {
    const filter = '${ .payload.even and .payload.n > $workflow.input.above }';
    const output = await engine.run(subscribe({ filter, consume: { amount: 3 } }), { above: 4 });
    expect(output).toEqual([6, 8, 10]);
    await expect.poll(() => open.size, { timeout: 30_000 }).toBe(0);
  });

  it('should end when time is up, with what has come', async () => {
    const output = await engine.run(subscribe({ consume: { amount: 100_000, for: { milliseconds: 1500 } } }));
    expect(Array.isArray(output) && output[0] === 1 && output.length < LAST).toBe(true);
  });

  it('should end by until and by while, which see what was consumed', async () => {
    expect(await engine.run(subscribe({ consume: { until: '${ length == 2 }' } }))).toEqual([1, 2]);
    expect(await engine.run(subscribe({ consume: { while: '${ length < 3 }' } }))).toEqual([1, 2, 3]);
    expect(await engine.run(subscribe({ consume: { while: '${ false }' } }))).toEqual([]);
  });

  it('should run the tasks of foreach for each message, one after another', async () => {
    const foreach = {
      item: 'message',
      at: 'i',
      do: [
        { pause: { wait: { milliseconds: 10 } } },
        { double: { set: { twice: '${ $message.payload.n * 2 }', i: '${ $i }' } } },
      ],
      output: { as: '[.twice, .i]' },
      export: { as: '{ seen: (($context.seen // []) + [$message.payload.n]) }' },
    };
    const definition = {
      ...subscribe({ consume: { until: '${ ($context.seen | length) == 3 }' }, foreach }),
      output: { as: '{ output: ., context: $context }' },
    };
    expect(await engine.run(definition)).toEqual({
      output: [
        [2, 0],
        [4, 1],
        [6, 2],
      ],
      context: { seen: [1, 2, 3] },
    });
  });

  it('should end the whole run where a task of foreach says so', async () => {
    const foreach = { do: [{ last: { set: { last: '${ .payload.n }' }, then: 'end' } }] };
    expect(await engine.run(subscribe({ consume: { amount: 9 }, foreach }))).toEqual({ last: 1 });
  });

  it('should lose and double nothing over continue-as-new', async () => {
    connections = 0;
    const foreach = { do: [{ note: { set: { n: '${ .payload.n }' } } }], output: { as: '.n' } };
    const handle = await engine.begin(subscribe({ consume: { amount: LAST }, foreach }));
    expect(await handle.result()).toEqual(Array.from({ length: LAST }, (_, i) => i + 1));
    expect(connections, 'the run should have continued as new at least once').toBeGreaterThan(1);
  });

  it('should hang up when the task times out', async () => {
    const definition = subscribe({ consume: { while: '${ true }' } }, { timeout: { after: { milliseconds: 500 } } });
    expect(errorName((await engine.fault(definition)).type)).toBe('timeout');
    await expect.poll(() => open.size, { timeout: 30_000 }).toBe(0);
  });
});
