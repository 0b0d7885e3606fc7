import { existsSync } from 'node:fs';
import type { temporal } from '@temporalio/proto';
import { describe, expect, it } from 'vitest';
import { applicationException } from '../core/model/problem.ts';
import type { DecideRequest } from '../core/model/approval.ts';
import { DECIDE_UPDATE } from '../core/model/approval.ts';
import { LIFECYCLE_ACTIVITY, MESSAGES, type RunOptions } from '../core/model/run.ts';
import { historyFile, recordHistory, replayHistory } from '../tests/support/histories.ts';
import type { Stubs } from '../tests/support/temporal.ts';
import { Engine, eventually, failure } from '../tests/support/temporal.ts';

const list = (...tasks: object[]) => tasks.map((task, i) => ({ [`t${i}`]: task }));
const set = (value: unknown) => ({ set: value });
const CHECK = { call: 'invoice.check', with: { n: '${ . }' } };

type Recorded = {
  definition: object;
  input?: unknown;
  options?: Partial<RunOptions>;
  events?: object[];
  /** Decisions, sent one after another, each as soon as it counts. */
  decisions?: DecideRequest[];
  /** Recorded while it waits, and never decided: a run that an update of the product finds parked. */
  parked?: true;
};

const ASK = { about: {}, approvers: ['a@x.example', 'b@x.example'], remind: 'PT1H' };
const decideBy = (round: number, approver: string): DecideRequest => ({
  approval: 'apr_recorded',
  round,
  approver,
  decision: 'approved',
  page: { expiresAt: '2999-01-01T00:00:00Z' },
});

/** One definition for each kind of task that leaves traces in a history. */
const RECORDED: Record<string, Recorded> = {
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
  approval: {
    definition: { do: list({ call: 'approval.request', with: ASK }) },
    decisions: [decideBy(1, 'a@x.example'), decideBy(2, 'b@x.example')],
  },
  parked: { definition: { do: list({ call: 'approval.request', with: ASK }) }, parked: true },
  plain: {
    definition: {
      do: list(
        set({ n: 1 }),
        { wait: 'PT0.1S' },
        { switch: [{ one: { when: '.n == 1', then: 'continue' } }, { other: { then: 'end' } }] },
        { do: list({ wait: 'PT0.1S' }, CHECK) },
        {
          try: list({ raise: { error: { type: 'https://example.com/errors/bad', status: 418 } } }),
          catch: { do: list(CHECK) },
        },
      ),
    },
  },
  lifecycle: {
    definition: { do: list(CHECK, { wait: 'PT0.1S' }, set(1)) },
    options: { lifecycle: 'all' },
  },
  status: {
    definition: { do: list(CHECK, { wait: 'PT0.1S' }, set(1)) },
    options: { lifecycle: 'all', lifecycleStatus: true },
  },
  emit: { definition: { do: list({ emit: { event: { with: { type: 'done' } } } }) } },
};

/** Stand-ins for what an approval calls; the second round shows that one follows the other. */
let asked = 0;
const people: Stubs = {
  'approval.open': () => ({
    approval: 'apr_recorded',
    rounds: [1, 2].map((round) => ({ round, approvers: ASK.approvers })),
    barred: [],
    expiresAt: '2999-01-01T00:00:00.000Z',
  }),
  'approval.ask': () => {
    asked += 1;
    return {};
  },
  'approval.record': () => null,
  'approval.close': () => null,
};
const isTimer = (event: temporal.api.history.v1.IHistoryEvent): boolean => event.timerStartedEventAttributes != null;

describe.runIf(process.env['ZAPLECZE_RECORD'])('recording', () => {
  it('should record what is not recorded yet', async () => {
    const engine = await Engine.start({
      stubs: {
        'invoice.check': (args) => args,
        'call.http': () => ({ id: 1 }),
        'event.publish': () => null,
        [LIFECYCLE_ACTIVITY]: () => null,
        ...people,
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
    for (const [name, { definition, input, options, events = [], decisions = [], parked }] of Object.entries(
      RECORDED,
    )) {
      if (existsSync(historyFile(name))) continue;
      asked = 0;
      const handle = await engine.begin(definition, input, { ...options, id: `recorded-${name}` });
      for (const [i, decision] of decisions.entries()) {
        await eventually(async () => (asked > i ? true : undefined));
        await handle.executeUpdate(DECIDE_UPDATE, { args: [decision] });
      }
      if (parked) {
        await eventually(async () => ((await handle.fetchHistory()).events?.some(isTimer) ? true : undefined));
        await recordHistory(name, handle);
        await handle.terminate();
        continue;
      }
      for (const event of events)
        await handle.signal(MESSAGES.event, { specversion: '1.0', source: '/test', ...event });
      await handle.result();
      await recordHistory(name, handle);
    }
    await engine.stop();
  });
});

describe('replay', () => {
  it.each(Object.keys(RECORDED))('should take the same steps again: %s', async (name) => {
    await expect(replayHistory(name, `recorded-${name}`)).resolves.toBeUndefined();
  });
});
