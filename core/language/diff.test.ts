import { expect, it } from 'vitest';
import { diffDefinitions } from './diff.ts';
import type { WorkflowDefinition } from './types.ts';

const definition = (tasks: object[], more: object = {}) =>
  ({
    document: { dsl: '1.0.3', namespace: 'a', name: 'b', version: '1.0.0' },
    do: tasks,
    ...more,
  }) as WorkflowDefinition;
const set = (value: unknown) => ({ set: value });

it('names what was added, changed, moved and removed, also inside other tasks', () => {
  const from = definition([
    { first: set(1) },
    { second: set(2) },
    { scope: { try: [{ inner: set(1) }], catch: { do: [{ mend: set(1) }] } } },
    { old: set(1) },
  ]);
  const to = definition([
    { second: set(2) },
    { first: set('other') },
    { scope: { try: [{ inner: set(2) }], catch: { do: [{ mend: set(1) }, { tell: set(1) }] } } },
    { fresh: { do: [{ x: set(1) }] } },
  ]);
  expect(diffDefinitions(from, to)).toEqual([
    { change: 'moved', what: 'second' },
    { change: 'moved', what: 'first' },
    { change: 'changed', what: 'first' },
    { change: 'changed', what: 'scope > inner' },
    { change: 'added', what: 'scope > tell' },
    { change: 'added', what: 'fresh' },
    { change: 'removed', what: 'old' },
  ]);
});

it('does not mind the order of keys, and names sections beside the tasks', () => {
  const task = { call: 'x', with: { a: 1, b: 2 } };
  const same = { with: { b: 2, a: 1 }, call: 'x' };
  expect(diffDefinitions(definition([{ t: task }]), definition([{ t: same }]))).toEqual([]);
  const timed = definition([{ t: same }], { timeout: { after: 'P1D' }, schedule: { every: 'PT1H' } });
  expect(diffDefinitions(definition([{ t: task }]), timed)).toEqual([
    { change: 'added', what: 'timeout' },
    { change: 'added', what: 'schedule' },
  ]);
});

it('sees a change of the task around beside one inside', () => {
  const loop = (source: string, value: number) =>
    definition([{ each: { for: { in: source }, do: [{ x: set(value) }] } }]);
  expect(diffDefinitions(loop('.a', 1), loop('.b', 2))).toEqual([
    { change: 'changed', what: 'each' },
    { change: 'changed', what: 'each > x' },
  ]);
});
