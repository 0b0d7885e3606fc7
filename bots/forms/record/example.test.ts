import { describe, expect, it } from 'vitest';
import { guessFormats, recognise } from './example.ts';

const EXAMPLE = {
  number: 'FV/7',
  issueDate: '2026-11-03',
  net: '1100.00',
  gross: '1353.00',
  lines: [
    { vatRate: '23', net: '1100.00' },
    { vatRate: '8', net: '250.00' },
  ],
};
const FORMATS = { date: 'DD.MM.YYYY', decimal: ',', thousands: ' ' } as const;
const typed = (value: string, row?: string) => ({ value, code: '', ways: row === undefined ? {} : { row } });

describe('what was typed, as values of the example', () => {
  it('guesses how the target writes dates and amounts', () => {
    expect(guessFormats(['FV/7', '03.11.2026', '1 353,00'], EXAMPLE)).toEqual(FORMATS);
    expect(guessFormats(['11/03/2026', '1,353.00'], EXAMPLE)).toMatchObject({ date: 'MM/DD/YYYY', thousands: ',' });
    expect(guessFormats([], EXAMPLE)).toEqual({ date: 'YYYY-MM-DD', decimal: '.', thousands: '' });
  });

  it('takes the line of the row before the same value elsewhere, and says what else it could be', () => {
    expect(recognise(typed('1100,00', '1'), EXAMPLE, FORMATS)).toMatchObject({ name: 'net', line: { index: 0 } });
    expect(recognise(typed('1 100,00'), EXAMPLE, FORMATS)?.line).toBeUndefined();
    expect(recognise(typed('03.11.2026'), EXAMPLE, FORMATS)).toMatchObject({ name: 'issueDate', also: [] });
    const twins = { a: 'x', b: 'x' };
    expect(recognise(typed('x'), twins, FORMATS, new Set(['a']))).toMatchObject({ name: 'b', also: [] });
    expect(recognise(typed('x'), twins, FORMATS)).toMatchObject({ name: 'a', also: ['b'] });
    expect(recognise(typed('something else'), EXAMPLE, FORMATS)).toBeUndefined();
  });

  it('knows an option by its text, its value or the code that it begins with', () => {
    const option = (value: string, code: string) => recognise({ value, code, ways: { row: '1' } }, EXAMPLE, FORMATS);
    expect(option('23 %', '1')).toMatchObject({ name: 'vatRate' });
    expect(option('full rate', '23')).toMatchObject({ name: 'vatRate' });
    expect(option('230', '230')).toBeUndefined();
  });
});
