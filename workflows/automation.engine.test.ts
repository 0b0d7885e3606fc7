import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../tests/support/temporal.ts';

let engine: Engine;
let published: unknown[] = [];
const child = { document: { dsl: '1.0.3', namespace: 'test', name: 'child', version: '1.0.0' } };

beforeAll(async () => {
  engine = await Engine.start({
    stubs: {
      'call.http': (args) => args,
      'invoice.check': (args, call) => ({ args, call }),
      'event.publish': (event) => published.push(event),
      'definition.find': ({ name }: { name: string }) => ({
        definition: { ...child, do: [{ a: name === 'bad' ? RAISE : SET }] },
        hash: 'sha256:child',
      }),
      'resource.read': ({ endpoint }: { endpoint: { uri: string } }) => ({ set: { from: endpoint.uri, n: '${ .n }' } }),
      'run.process': (args) => args,
    },
  });
});
afterAll(async () => engine.stop());

const SET = { set: { got: '${ . }' } };
const RAISE = { raise: { error: { type: 'https://example.com/errors/bad', status: 418 } } };
const set = (value: unknown) => ({ set: value });
const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const flow = (...tasks: object[]) => ({ do: list(...tasks) });

describe('output of tasks', () => {
  it.each<[string, object, unknown, unknown]>([
    ['set', flow(set({ x: '${ .n + 1 }', y: ['${ .n }', 'text'] })), { n: 1 }, { x: 2, y: [1, 'text'] }],
    ['text around expressions', flow(set({ x: 'Dear ${ .name }, ${ 1 + 1 }' })), { name: 'Ala' }, { x: 'Dear Ala, 2' }],
    ['do', flow({ do: list(set({ x: 1 }), set({ y: '${ .x }' })) }), {}, { y: 1 }],
    ['if that is false', flow({ if: '.n > 1', set: { x: 1 } }), { n: 1 }, { n: 1 }],
    [
      'then to a name',
      flow({ ...set({ a: 1 }), then: 't2' }, set({ b: 1 }), set({ c: '${ . }' })),
      {},
      { c: { a: 1 } },
    ],
    [
      'then: end inside',
      flow({ do: list({ ...set({ a: 1 }), then: 'end' }, set({ b: 1 })) }, set({ c: 1 })),
      {},
      { a: 1 },
    ],
    [
      'then: exit inside',
      flow({ do: list({ ...set({ a: 1 }), then: 'exit' }, set(2)) }, set({ c: '${ .a }' })),
      {},
      { c: 1 },
    ],
    [
      'for',
      flow({ for: { each: 'n', in: '.ns' }, do: list(set('${ { ns: [], s: ((.s // 0) + $n + $index) } }')) }),
      { ns: [1, 2, 3] },
      { ns: [], s: 9 },
    ],
    ['for with while', flow({ for: { in: '[1,2,3]' }, while: '. < 2', do: list(set('${ . + 1 }')) }), 0, 2],
    ['for over nothing', flow({ for: { in: '[]' }, do: list(set(1)) }), { a: 1 }, { a: 1 }],
    [
      'fork',
      flow({ fork: { branches: list(set('${ .a }'), { wait: { milliseconds: 5 } }) } }),
      { a: 1 },
      [1, { a: 1 }],
    ],
    [
      'fork that competes',
      flow({ fork: { compete: true, branches: list({ wait: 'PT1M' }, set({ won: 1 })) } }),
      {},
      { won: 1 },
    ],
    [
      'a branch that ends all',
      flow({ fork: { branches: list({ wait: 'PT1M' }, { ...set({ end: 1 }), then: 'end' }) } }, set(2)),
      {},
      { end: 1 },
    ],
    [
      'switch',
      flow(
        { switch: [{ a: { when: '. == 1', then: 't1' } }, { d: { then: 't2' } }] },
        { ...set(1), then: 'end' },
        set({ other: true }),
      ),
      2,
      { other: true },
    ],
    ['try without error', flow({ try: list(set({ a: 1 })), catch: { do: list(set(2)) } }), {}, { a: 1 }],
    [
      'try that catches',
      flow({ try: list(RAISE), catch: { as: 'e', do: list(set({ s: '${ $e.status }' })) } }),
      {},
      { s: 418 },
    ],
    [
      'try that goes elsewhere',
      flow({ try: list(RAISE), catch: { then: 't2' } }, set({ b: 1 }), set({ c: 1 })),
      {},
      { c: 1 },
    ],
    [
      'input.from and output.as',
      flow({ input: { from: '.a' }, set: { b: '${ . }' }, output: { as: '[.b, $input, $task.name]' } }),
      { a: 1 },
      [1, 1, 't0'],
    ],
    ['export', flow({ ...set({ a: 1 }), export: { as: '$context + .' } }, set({ c: '${ $context.a }' })), {}, { c: 1 }],
    ['workflow output', { ...flow(set({ a: 1 })), output: { as: '.a' } }, {}, 1],
    ['workflow input', { ...flow(set('${ [., $workflow.input] }')), input: { from: '.a' } }, { a: 1 }, [1, { a: 1 }]],
    [
      'every argument of the specification',
      flow(
        set({
          known: '${ [$context, $input, $output, $authorization] }',
          runtime: '${ $runtime | keys }',
          workflow: '${ $workflow | [(keys - ["id"])[], (.startedAt.epoch | keys[])] }',
          task: '${ $task | [.name, .reference, .input, .output, (.startedAt.iso8601 | type)] }',
          secrets: '${ $secrets | type }',
        }),
      ),
      { a: 1 },
      {
        known: [{}, { a: 1 }, null, null],
        runtime: ['metadata', 'name', 'version'],
        workflow: ['definition', 'input', 'startedAt', 'milliseconds', 'seconds'],
        task: ['t0', '/do/0/t0', { a: 1 }, null, 'string'],
        secrets: 'object',
      },
    ],
    ['wait', flow({ wait: { milliseconds: 10 } }), { a: 1 }, { a: 1 }],
    [
      'run: workflow',
      flow({ run: { workflow: { namespace: 'test', name: 'child', version: 'latest', input: { n: '${ .a }' } } } }),
      { a: 1 },
      { got: { n: 1 } },
    ],
    [
      'run: workflow without await',
      flow({ run: { await: false, workflow: { namespace: 'test', name: 'child', version: '1.0.0' } } }),
      { a: 1 },
      { a: 1 },
    ],
    [
      'loose mode',
      { ...flow(set({ a: '.n', b: 'plain words' })), evaluate: { mode: 'loose' } },
      { n: 1 },
      { a: 1, b: 'plain words' },
    ],
    [
      'a function of its own',
      { ...flow({ call: 'double', with: { n: '${ .a }' } }), use: { functions: { double: set('${ .n * 2 }') } } },
      { a: 4 },
      8,
    ],
    [
      'a function at an address',
      flow({ call: 'https://h.example/f.yaml', with: { n: 1 } }),
      {},
      { from: 'https://h.example/f.yaml', n: 1 },
    ],
    [
      'a function of a catalogue',
      {
        ...flow({ call: 'log:1.0.0@global' }),
        use: { catalogs: { global: { endpoint: 'https://github.com/me/catalog' } } },
      },
      {},
      {
        from: 'https://raw.githubusercontent.com/me/catalog/refs/heads/main/functions/log/1.0.0/function.yaml',
        n: null,
      },
    ],
    [
      'secrets as marks',
      { ...flow(set({ ok: '${ $secrets.pin | startswith("{{secret:") }' })), use: { secrets: ['pin'] } },
      {},
      { ok: true },
    ],
    [
      'http endpoint template',
      { ...flow({ call: 'http', with: { method: 'get', endpoint: 'https://h.example/{id}?q={no}' } }) },
      { id: 'a b' },
      { method: 'get', endpoint: { uri: 'https://h.example/a%20b?q=' } },
    ],
    [
      'an authority that is a template',
      flow({
        call: 'http',
        with: {
          method: 'get',
          endpoint: {
            uri: 'https://h.example/',
            authentication: {
              oidc: { authority: 'https://id.example/{t}', grant: 'password', username: '${ .t }', password: 'p' },
            },
          },
        },
        output: { as: '.endpoint.authentication.oidc | [.authority, .username]' },
      }),
      { t: 'x{y}' },
      ['https://id.example/x%7By%7D', 'x{y}'],
    ],
    [
      'named authentication',
      {
        ...flow({
          call: 'http',
          with: { method: 'get', endpoint: { uri: 'https://h.example/', authentication: { use: 'me' } } },
        }),
        use: { authentications: { me: { bearer: { token: '${ .t }' } } } },
      },
      { t: 'x' },
      { method: 'get', endpoint: { uri: 'https://h.example/', authentication: { bearer: { token: 'x' } } } },
    ],
    [
      'extension before that exits',
      {
        ...flow(set({ a: 1 })),
        use: {
          extensions: [
            {
              m: {
                extend: 'set',
                when: '$task.name == "t0"',
                before: [{ x: { ...set({ mocked: 1 }), then: 'exit' } }],
              },
            },
          ],
        },
      },
      {},
      { mocked: 1 },
    ],
    [
      'extension that observes',
      {
        ...flow(set({ a: 1 })),
        use: { extensions: [{ m: { extend: 'all', before: list(set(1)), after: list(set(2)) } }] },
      },
      {},
      { a: 1 },
    ],
  ])('should be right for %s', async (_, definition, input, output) => {
    expect(await engine.run(definition, input)).toEqual(output);
  });
});

describe('emit', () => {
  it('should publish a CloudEvent and output it', async () => {
    published = [];
    const output = await engine.run(flow({ emit: { event: { with: { type: 'a.b', data: { n: '${ .n }' } } } } }), {
      n: 1,
    });
    expect(output).toMatchObject({ specversion: '1.0', type: 'a.b', source: '/test/test/1.0.0', data: { n: 1 } });
    expect(published).toEqual([output]);
  });
});
