import { describe, expect, it } from 'vitest';
import { after, isWorkingDay, nextTimeOfDay } from './working-time.ts';

const poland = { country: 'PL', timeZone: 'Europe/Warsaw' };
const iso = (from: string, period: string, calendar = poland) => after(new Date(from), period, calendar).toISOString();

describe('after', () => {
  it.each([
    ['over a weekend', '2026-11-20T09:00:00Z', '1 working day', '2026-11-23T09:00:00.000Z'],
    ['over Easter Monday', '2026-04-03T08:00:00Z', '1 working day', '2026-04-07T08:00:00.000Z'],
    [
      'over Christmas Eve, a holiday in Poland since 2025',
      '2026-12-23T10:00:00Z',
      '1 working day',
      '2026-12-28T10:00:00.000Z',
    ],
    ['over Independence Day', '2026-11-10T10:00:00Z', '1 working day', '2026-11-12T10:00:00.000Z'],
    ['over Corpus Christi, a Thursday', '2026-06-03T10:00:00Z', '1 working day', '2026-06-05T10:00:00.000Z'],
    ['from a Saturday', '2026-11-21T10:00:00Z', '1 working day', '2026-11-23T10:00:00.000Z'],
    ['over New Year', '2026-12-31T10:00:00Z', '2 working days', '2027-01-05T10:00:00.000Z'],
  ])('should count working days %s', (_, from, period, expected) => {
    expect(iso(from, period)).toBe(expected);
  });

  it('should keep the time on the wall when the clocks change', () => {
    expect(iso('2026-03-27T13:30:00Z', '1 working day'), 'spring').toBe('2026-03-30T12:30:00.000Z');
    expect(iso('2026-10-23T10:00:00Z', '1 working day'), 'autumn').toBe('2026-10-26T11:00:00.000Z');
  });

  it('should take the local day, not that of UTC', () => {
    // Half past midnight on Saturday in Warsaw is still Friday in UTC.
    expect(iso('2026-11-20T23:30:00Z', '1 working day')).toBe('2026-11-22T23:30:00.000Z');
  });

  it('should let ISO 8601 periods simply pass', () => {
    expect(iso('2026-12-24T22:00:00Z', 'PT4H')).toBe('2026-12-25T02:00:00.000Z');
    expect(iso('2026-03-28T12:00:00Z', 'P1DT30M')).toBe('2026-03-29T12:30:00.000Z');
  });

  it('should say so when a country has no calendar, or the period is none', () => {
    expect(() => iso('2026-01-01T00:00:00Z', '1 working day', { ...poland, country: 'XX' })).toThrow(/"XX"/);
    expect(() => iso('2026-01-01T00:00:00Z', 'soon')).toThrow(/"soon" is not a period/);
  });

  it('should know holidays of other countries', () => {
    expect(isWorkingDay('2026-07-14', poland)).toBe(true);
    expect(isWorkingDay('2026-07-14', { country: 'FR', timeZone: 'Europe/Paris' })).toBe(false);
  });
});

describe('nextTimeOfDay', () => {
  it.each([
    ['later today', '2026-11-24T08:00:00Z', '2026-11-24T14:00:00.000Z'],
    ['tomorrow, after the last one', '2026-11-24T14:00:01Z', '2026-11-25T07:30:00.000Z'],
    ['the next one where less than a minute is left', '2026-11-24T07:29:30Z', '2026-11-24T14:00:00.000Z'],
    ['on Monday, from a Friday evening', '2026-11-27T18:00:00Z', '2026-11-30T07:30:00.000Z'],
    ['after the holidays', '2026-12-23T20:00:00Z', '2026-12-28T07:30:00.000Z'],
    ['by the clock on the wall, after it was put forward', '2026-03-27T20:00:00Z', '2026-03-30T06:30:00.000Z'],
  ])('should be %s', (_, from, expected) => {
    expect(nextTimeOfDay(new Date(from), ['15:00', '08:30'], poland).toISOString()).toBe(expected);
  });
});
