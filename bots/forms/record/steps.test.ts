import { expect, it } from 'vitest';
import { stepsOf } from './steps.ts';
import type { Move } from './steps.ts';

const press = (field: string): Move => ({ verb: 'press', field, value: true });
const fill = (field: string, value: string, index?: number): Move => ({
  verb: 'fill',
  field,
  value,
  ...(index === undefined ? {} : { line: { list: 'lines', index } }),
});

it('folds lines entered alike into one repeat, with the press that follows each', () => {
  const moves = [
    fill('number', '{number}'),
    fill('net', '{line.net}', 0),
    press('update'),
    fill('net', '{line.net}', 1),
    press('update'),
    fill('tax', '{vat}'),
  ];
  const repeat = { for: 'lines', as: 'line', do: [{ fill: { net: '{line.net}' } }, { press: 'update' }] };
  expect(stepsOf(moves)).toEqual({
    steps: [{ fill: { number: '{number}' } }, { repeat }, { fill: { tax: '{vat}' } }],
  });
});

it('says when one line is too little to know, and when lines differ', () => {
  expect(stepsOf([fill('net', '{line.net}', 0)]).doubt).toContain('one line');
  const uneven = [fill('net', '{line.net}', 0), fill('rate', '{line.rate}', 0), fill('net', '{line.net}', 1)];
  expect(stepsOf(uneven).doubt).toContain('not entered alike');
});

it('keeps the order of fields, and begins a new step where a field comes again', () => {
  expect(stepsOf([fill('a', '1'), fill('b', '2'), fill('a', '3')]).steps).toEqual([
    { fill: { a: '1', b: '2' } },
    { fill: { a: '3' } },
  ]);
});
