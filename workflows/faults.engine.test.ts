import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessException, applicationException, errorName } from '../core/model/problem.ts';
import { createProcessActivities } from '../activities/processes.ts';
import { callDeps } from '../tests/support/calls.ts';
import { Engine, failure } from '../tests/support/temporal.ts';

let engine: Engine;
let attempts = 0;
const child = { document: { dsl: '1.0.3', namespace: 'test', name: 'child', version: '1.0.0' } };

beforeAll(async () => {
  engine = await Engine.start({
    stubs: {
      'call.http': (args) => args,
      'invoice.check': (args, call) => ({ args, call }),
      'document.read': () => {
        throw failure(businessException('unreadable', 'no letter to be seen'));
      },
      'sheet.append': () => {
        attempts++;
        throw failure(applicationException('communication', 'the file is locked', { retryable: false, status: 423 }));
      },
      'event.publish': () => null,
      'definition.find': ({ name }: { name: string }) => ({
        definition: { ...child, do: [{ a: name === 'bad' ? RAISE : SET }] },
        hash: 'sha256:child',
      }),
      ...createProcessActivities({ ...callDeps(), processes: { allow: [], volumes: [], path: '' } }),
    },
  });
});
afterAll(async () => engine.stop());

const SET = { set: { got: '${ . }' } };
const RAISE = { raise: { error: { type: 'https://example.com/errors/bad', status: 418 } } };
const APPEND = { call: 'sheet.append', with: { file: 'a.xlsx' } };
const set = (value: unknown) => ({ set: value });
const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const flow = (...tasks: object[]) => ({ do: list(...tasks) });

describe('faults', () => {
  it.each<[string, object, unknown, string, number, string | undefined]>([
    ['raise', flow(RAISE), {}, 'bad', 418, '/do/0/t0'],
    [
      'raise by name',
      { ...flow({ raise: { error: 'no' } }), use: { errors: { no: { type: 'a:no', status: 400 } } } },
      {},
      'no',
      400,
      '/do/0/t0',
    ],
    ['an expression', flow(set('${ error("x") }')), {}, 'expression', 400, '/do/0/t0'],
    [
      'a URI template with more than a scalar',
      flow({ call: 'http', with: { method: 'get', endpoint: 'https://a.example/{id}' } }),
      { id: ['a'] },
      'expression',
      400,
      '/do/0/t0',
    ],
    [
      'input schema',
      flow({ ...set(1), input: { schema: { document: { type: 'string' } } } }),
      1,
      'validation',
      400,
      '/do/0/t0',
    ],
    [
      'output schema',
      flow({ ...set(1), output: { schema: { document: { type: 'string' } } } }),
      1,
      'validation',
      400,
      '/do/0/t0',
    ],
    [
      'workflow input schema',
      { ...flow(set(1)), input: { schema: { document: { required: ['a'] } } } },
      {},
      'validation',
      400,
      '/',
    ],
    ['task timeout', flow({ wait: 'PT1M', timeout: { after: { milliseconds: 20 } } }), {}, 'timeout', 408, '/do/0/t0'],
    ['workflow timeout', { ...flow({ wait: 'PT1M' }), timeout: { after: 'PT0.02S' } }, {}, 'timeout', 408, '/'],
    [
      'named timeout',
      { ...flow({ wait: 'PT1M', timeout: 'soon' }), use: { timeouts: { soon: { after: 'PT0.02S' } } } },
      {},
      'timeout',
      408,
      '/do/0/t0',
    ],
    ['unknown function', flow({ call: 'invoice.chekc' }), {}, 'configuration', 400, '/do/0/t0'],
    [
      'unknown target of then',
      flow({ do: list({ ...set(1), then: 'nowhere' }) }),
      {},
      'configuration',
      400,
      '/do/0/t0',
    ],
    ['undeclared secret', flow(set('${ $secrets.pin }')), {}, 'authorization', 403, '/do/0/t0'],
    ['shell', flow({ run: { shell: { command: 'id' } } }), {}, 'authorization', 403, '/do/0/t0'],
    ['business exception', flow({ do: list({ call: 'document.read' }) }), {}, 'unreadable', 422, '/do/0/t0/do/0/t0'],
    [
      'a child',
      flow({ run: { workflow: { namespace: 'test', name: 'bad', version: '1.0.0' } } }),
      {},
      'bad',
      418,
      '/do/0/t0',
    ],
    [
      'a branch',
      flow({ fork: { branches: list({ wait: 'PT1M' }, RAISE) } }),
      {},
      'bad',
      418,
      '/do/0/t0/fork/branches/1/t1',
    ],
    [
      'all that compete',
      flow({ fork: { compete: true, branches: list(RAISE, RAISE) } }),
      {},
      'bad',
      418,
      '/do/0/t0/fork/branches/0/t0',
    ],
    [
      'another type than caught',
      flow({ try: list(RAISE), catch: { errors: { with: { type: 'x/other' } } } }),
      {},
      'bad',
      418,
      '/do/0/t0/try/0/t0',
    ],
    [
      'exceptWhen',
      flow({ try: list(RAISE), catch: { exceptWhen: '$error.status == 418' } }),
      {},
      'bad',
      418,
      '/do/0/t0/try/0/t0',
    ],
    ['when', flow({ try: list(RAISE), catch: { when: '$error.status == 1' } }), {}, 'bad', 418, '/do/0/t0/try/0/t0'],
  ])('should tell %s', async (_, definition, input, type, status, instance) => {
    const problem = await engine.fault(definition, input);
    expect([errorName(problem.type), problem.status, problem.instance]).toEqual([type, status, instance]);
  });
});

describe('retry', () => {
  it('should try again as often as the policy says, then hand over to catch.do', async () => {
    attempts = 0;
    const retry = {
      delay: { milliseconds: 1 },
      backoff: { exponential: {} },
      limit: { attempt: { count: 3 } },
      jitter: { from: 'PT0S', to: 'PT0.001S' },
    };
    const definition = {
      ...flow({
        try: list(APPEND),
        catch: { errors: { with: { status: 423 } }, retry: 'r', do: list(set({ gave: 'up' })) },
      }),
      use: { retries: { r: retry } },
    };
    expect(await engine.run(definition)).toEqual({ gave: 'up' });
    expect(attempts).toBe(4);
  });

  it('should pass on an error whose retries are used up', async () => {
    const retry = { limit: { attempt: { count: 1 } } };
    const problem = await engine.fault(flow({ try: list(APPEND), catch: { retry } }));
    expect(problem.instance).toBe('/do/0/t0/try/0/t0');
  });

  it('should call under the same key again, and under another one in a loop', async () => {
    const keys: string[] = [];
    engine.stub('sheet.append', (_, call) => {
      keys.push(call.key.replace(/^[^:]*:/, ''));
      if (keys.length === 1) throw failure(applicationException('communication', 'once', { retryable: false }));
    });
    const retry = { limit: { attempt: { count: 2 } } };
    await engine.run(flow({ for: { in: '[1,2]' }, do: list({ try: list(APPEND), catch: { retry } }) }));
    const reference = '/do/0/t0/do/0/t0/try/0/t0';
    expect(keys).toEqual([`${reference}#1`, `${reference}#1`, `${reference}#2`]);
  });
});
