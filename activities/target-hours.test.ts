import { expect, it } from 'vitest';
import { closedUntil } from './target-hours.ts';

const calendar = { country: 'PL', timeZone: 'Europe/Warsaw' };
const limits = {
  sessions: 1,
  open: { from: '06:00', to: '20:00', days: 'working' as const },
  maintenance: [{ from: '2026-11-25T18:00', to: '2026-11-26T07:30' }],
};

it.each([
  ['on a working day', '2026-11-24T12:00:00Z', undefined],
  ['before it opens', '2026-11-24T04:30:00Z', '2026-11-24T05:00:00.000Z'],
  ['in the evening', '2026-11-24T19:00:00Z', '2026-11-25T05:00:00.000Z'],
  ['on Friday evening', '2026-11-27T20:00:00Z', '2026-11-30T05:00:00.000Z'],
  ['on a holiday (11 November)', '2026-11-11T10:00:00Z', '2026-11-12T05:00:00.000Z'],
  ['in a maintenance window that ends after opening time', '2026-11-25T18:00:00Z', '2026-11-26T06:30:00.000Z'],
])('%s', (_when, now, until) => {
  expect(closedUntil(limits, new Date(now), calendar)?.toISOString()).toBe(until);
});

it('a target without hours is always open', () => {
  expect(closedUntil({ sessions: 1 }, new Date('2026-12-25T02:00:00Z'), calendar)).toBeUndefined();
});
