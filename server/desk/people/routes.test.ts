import { expect, it } from 'vitest';
import { departmentsIn } from './routes.ts';

it.each([
  ['finance hr', ['finance', 'hr']],
  [' finance,  hr ', ['finance', 'hr']],
  ['', undefined],
  [' , ', undefined],
])('should read the departments in %j', (text, departments) => {
  expect(departmentsIn(text)).toEqual(departments);
});
