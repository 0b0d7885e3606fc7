import { expect, it } from 'vitest';
import type { Progress, TaskState } from '../core/model/run.ts';
import { standing } from './standing.ts';

const task = (name: string, status: TaskState['status'], more: Partial<TaskState> = {}): TaskState => ({
  task: name,
  reference: `/do/0/${name}`,
  status,
  startedAt: '2026-01-02T10:32:00.000Z',
  ...more,
});
const progress = (status: Progress['status'], tasks: TaskState[], references: string[] = []): Progress => ({
  definition: { namespace: 'a', name: 'b', version: '1.0.0', hash: 'x' },
  status,
  tasks,
  incidents: references.map((reference, i) => ({
    id: String(i),
    reference,
    problem: { type: 'x', status: 500 },
    input: null,
    since: '2026-01-02T10:32:00.000Z',
  })),
});

it.each<[string, Parameters<typeof standing>[0], string]>([
  ['completed', { status: 'completed' }, 'The run has completed.'],
  ['failed', { status: 'failed', error: 'no such supplier' }, 'The run has failed: no such supplier'],
  ['cut off', { status: 'timed_out' }, 'The run was timed out.'],
  ['silent', { status: 'running' }, 'does not respond. Is a worker running'],
  [
    'waiting',
    {
      status: 'running',
      progress: progress('waiting', [task('loop', 'running'), task('ask', 'waiting', { waitsFor: 'a person' })]),
    },
    'The task "ask" has been waiting since 2026-01-02 10:32, for a person.',
  ],
  [
    'busy',
    { status: 'running', progress: progress('running', [task('loop', 'running'), task('read', 'running')]) },
    '"read" has been running since',
  ],
  [
    'parked once',
    { status: 'running', progress: progress('parked', [], ['/do/2/post~1book']) },
    'parked at "post/book".',
  ],
  [
    'parked outside',
    { status: 'running', progress: progress('parked', [], ['/', '/do/1/b']) },
    'at 2 places: the whole definition, "b"',
  ],
  ['suspended', { status: 'running', progress: progress('suspended', []) }, 'until "zaplecze resume"'],
])('should say where a run stands: %s', (_, told, sentence) => {
  expect(standing(told)).toContain(sentence);
});
