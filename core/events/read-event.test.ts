import { expect, it } from 'vitest';
import { readEvent } from './read-event.ts';

const event = { specversion: '1.0', id: '1', source: 'shop', type: 'order.placed' } as const;

it.each([
  [{ data: { n: 1 } }, 'data', { n: 1 }],
  [{ data: { n: 1 } }, 'raw', '{"n":1}'],
  [{ data: 'text' }, 'raw', 'text'],
  [{ data_base64: 'AQI=' }, 'data', 'AQI='],
  [{ data_base64: 'AQI=' }, 'raw', 'AQI='],
  [{}, 'data', null],
  [{}, 'raw', 'null'],
] as const)('should read %j as %s', (payload, as, expected) => {
  expect(readEvent({ ...event, ...payload }, as)).toEqual(expected);
});

it('should give the whole event as the envelope', () => {
  expect(readEvent({ ...event, data: 1 }, 'envelope')).toEqual({ ...event, data: 1 });
});
