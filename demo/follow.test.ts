import { describe, expect, it } from 'vitest';
import type { Progress, TaskState } from '../core/model/run.ts';
import type { RunDetails } from '../server/runs/view.ts';
import { stateOf } from './follow.ts';

const HANDLE = '/do/1/each/do/1/handle/do';
const startedAt = '2026-11-24T08:00:00.000Z';

function run(tasks: [reference: string, status: TaskState['status']][], change: Partial<Progress> = {}): RunDetails {
  const progress: Progress = {
    definition: { namespace: 'finance', name: 'supplier-invoices', version: '1.0.0', hash: 'sha256:0' },
    status: 'running',
    tasks: tasks.map(([reference, status]) => ({
      ...{ task: reference.split('/').at(-1) ?? '', reference, status, startedAt },
    })),
    incidents: [],
    ...change,
  };
  return { run: 'a', title: 'a', version: '1.0.0', status: 'running', startedAt, progress, retrying: [] };
}

describe('stateOf', () => {
  it.each([
    [`${HANDLE}/2/correct/do/0/ask`, 'waiting for a correction'],
    [`${HANDLE}/3/approve/do/0/ask`, 'waiting for approval'],
  ])('should say whom a run waits for at %s', (reference, words) => {
    for (const status of ['running', 'waiting'] as const) {
      expect(
        stateOf(
          run([
            ['/do/1/each', 'running'],
            [reference, status],
          ]),
        ).step,
      ).toBe(words);
    }
  });

  it('should show the last known step between two steps, and that a mail was received before the first', () => {
    const between = run([
      ['/do/1/each', 'running'],
      [`${HANDLE}/0/check`, 'completed'],
      [`${HANDLE}/3/approve`, 'running'],
    ]);
    expect(stateOf(between)).toMatchObject({ state: 'working', step: 'checking' });
    expect(stateOf(run([['/do/0/remember', 'running']]))).toMatchObject({ state: 'working', step: 'received' });
    expect(stateOf(undefined)).toMatchObject({ state: 'sent', step: 'on its way to the mailbox' });
  });

  it('should say why a step is tried again', () => {
    const retrying = [{ call: 'ledger.post', attempt: 2, detail: 'the server does not answer' }];
    expect(stateOf({ ...run([[`${HANDLE}/4/book/do/0/post`, 'running']]), retrying })).toMatchObject({
      ...{ step: 'posting in the accounting application', detail: 'attempt 2: the server does not answer' },
    });
  });

  it('should show a parked run by its step and the reason', () => {
    const problem = { type: 'configuration', status: 500, detail: 'there is no browser' };
    const incident = { id: '1', reference: `${HANDLE}/4/book/do/0/post`, problem, input: {}, since: startedAt };
    expect(stateOf(run([], { incidents: [incident] }))).toMatchObject({
      ...{ state: 'parked', step: 'posting in the accounting application', detail: 'there is no browser' },
    });
  });
});
