import { describe, expect, it } from 'vitest';
import type { EventFilter } from '../../core/language/types.ts';
import { createEvaluator } from './expressions.ts';
import { isEqual } from '../../core/events/json-match.ts';
import { matches, type Correlations } from './matching.ts';

const event = {
  specversion: '1.0' as const,
  id: '1',
  source: '/shop',
  type: 'order.placed.v1',
  subject: 'A-7',
  data: { id: 7, lines: [1, 2], customer: { name: 'Ala', city: 'Wrocław' } },
};
const evaluator = createEvaluator('strict', []);
const matching = (filter: EventFilter, correlations: Correlations = {}): boolean =>
  matches(event, filter, { evaluator, input: { order: 7 }, args: { context: { subject: 'A-7' } }, correlations });

describe('matches', () => {
  it.each<[string, EventFilter, boolean]>([
    ['equal type', { with: { type: 'order.placed.v1' } }, true],
    ['another type', { with: { type: 'order.placed.v2' } }, false],
    ['a dot is a dot', { with: { type: 'order.placed' } }, false],
    ['a pattern', { with: { type: 'order\\..*' } }, true],
    ['a pattern in the middle is not enough', { with: { type: 'place[d]' } }, false],
    ['a broken pattern', { with: { type: 'order(' } }, false],
    ['a condition on an attribute', { with: { subject: '${ startswith("A-") }' } }, true],
    ['a value for an attribute', { with: { subject: '${ $context.subject }' } }, true],
    ['a condition on data', { with: { data: '${ .id > 7 }' } }, false],
    ['a condition that fails on this data', { with: { data: '${ .lines + 1 > 0 }' } }, false],
    ['data that is contained', { with: { data: { customer: { city: 'Wrocław' } } } }, true],
    ['data that is not', { with: { data: { customer: { city: 'Opole' } } } }, false],
    ['an attribute that is missing', { with: { dataschema: 'x' } }, false],
    ['every property counts', { with: { type: 'order.placed.v1', source: '/other' } }, false],
    [
      'an expected correlation',
      { with: { source: '/shop' }, correlate: { o: { from: '.data.id', expect: '${ .order }' } } },
      true,
    ],
    [
      'a constant expectation',
      { with: { source: '/shop' }, correlate: { o: { from: '.subject', expect: 'B' } } },
      false,
    ],
    ['nothing to correlate by', { with: { source: '/shop' }, correlate: { o: { from: '.data.none' } } }, false],
  ])('should judge %s', (_, filter, expected) => {
    expect(matching(filter)).toBe(expected);
  });

  it('should note what the first event correlates by, only when it matches', () => {
    const correlations: Correlations = {};
    const correlate = { o: { from: '.data.id' } };
    expect(matching({ with: { source: '/other' }, correlate }, correlations)).toBe(false);
    expect(correlations).toEqual({});
    expect(matching({ with: { source: '/shop' }, correlate }, correlations)).toBe(true);
    expect(correlations).toEqual({ o: 7 });
    expect(matching({ with: { source: '/shop' }, correlate: { o: { from: '.data.lines[0]' } } }, correlations)).toBe(
      false,
    );
  });
});

describe('isEqual', () => {
  it.each([
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    ['1', 1, false],
  ])('should compare %j and %j', (a, b, expected) => {
    expect(isEqual(a, b)).toBe(expected);
  });
});
