import { describe, expect, it } from 'vitest';
import type { WorkflowDefinition } from '../language/types.ts';
import { listenedTypes } from './listened-types.ts';

const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
const hear = (to: object): WorkflowDefinition =>
  ({ document, do: [{ a: { fork: { branches: [{ b: { listen: { to } } }] } } }] }) as WorkflowDefinition;
const of = (type: string) => ({ with: { type } });

describe('listenedTypes', () => {
  it.each<[string, object, string[]]>([
    ['one', { one: of('order.placed') }, ['order.placed']],
    ['all', { all: [of('a'), of('b'), of('a')] }, ['a', 'b']],
    ['until', { any: [of('a')], until: { one: of('z') } }, ['a', 'z']],
    ['every event', { any: [] }, []],
    ['an expression', { one: of('${ . != "x" }') }, []],
    ['a regular expression', { any: [of('a'), of('a.*')] }, []],
    ['no type', { one: { with: { source: '/x' } } }, []],
  ])('should find those of %s', (_, to, types) => {
    expect(listenedTypes(hear(to))).toEqual(types);
  });

  it('should find none where nothing listens', () => {
    expect(listenedTypes({ document, do: [{ a: { set: { x: 1 } } }] })).toBeUndefined();
  });
});
