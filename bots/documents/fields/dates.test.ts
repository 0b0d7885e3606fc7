import { describe, expect, it } from 'vitest';
import { dateOrderOf, datesIn } from './dates.ts';

describe('datesIn', () => {
  it.each([
    ['05.05.2026', '2026-05-05'],
    ['2026-08-23', '2026-08-23'],
    ['12 lutego 2026', '2026-02-12'],
    ['20. September 2018', '2018-09-20'],
    ['October 1, 2023', '2023-10-01'],
    ['August 3 , 2014', '2014-08-03'],
    ['3 août 2022', '2022-08-03'],
    ['15 de septiembre de 2021', '2021-09-15'],
    ['5-Jan-26', '2026-01-05'],
    ['26/02/18', '2018-02-26'],
    ['11/15/2019', '2019-11-15'],
  ])('reads %s', (text, iso) => {
    expect(datesIn(`x ${text} y`).map((hit) => hit.iso)).toEqual([iso]);
  });

  it.each(['31.02.2026', 'version 1.1.18', '12.34', 'July 1 - July 31', '99-999'])('finds no date in %s', (text) => {
    expect(datesIn(text)).toEqual([]);
  });

  it('marks a date whose day and month could be swapped', () => {
    expect(datesIn('03/04/2026')).toMatchObject([{ iso: '2026-04-03', ambiguous: true }]);
    expect(datesIn('03/04/2026', 'mdy')).toMatchObject([{ iso: '2026-03-04', ambiguous: true }]);
  });
});

describe('dateOrderOf', () => {
  it('follows the dates that can only be read one way', () => {
    expect(dateOrderOf('03/04/2026 12/25/2026', false)).toEqual({ order: 'mdy', proven: true });
    expect(dateOrderOf('03/04/2026 25/12/2026', true)).toEqual({ order: 'dmy', proven: true });
  });
});
