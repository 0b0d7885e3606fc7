import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEED } from '../../../bench/random.ts';
import { Formats } from '../../../core/forms/form.ts';
import { formatValue, parseValue } from './formats.ts';

const polish = Formats.parse({ date: 'DD.MM.YYYY', decimal: ',', thousands: ' ' });
const american = Formats.parse({ date: 'MM-DD-YY', decimal: '.', thousands: ',' });

describe('formats of a target', () => {
  it.each([
    ['2026-11-03', 'date', polish, '03.11.2026'],
    ['2026-11-03', 'date', american, '11-03-26'],
    ['1234567.5', 'amount', polish, '1 234 567,50'],
    ['-1234.56', 'amount', american, '-1,234.56'],
    ['0.125', 'amount', polish, '0,125'],
    ['FV/1', 'text', polish, 'FV/1'],
  ] as const)('writes %s as %s and reads it back', (value, type, formats, text) => {
    expect(formatValue(value, type, formats)).toBe(text);
    expect(parseValue(text, type, formats)).toBe(type === 'amount' && value === '1234567.5' ? '1234567.50' : value);
  });

  it('reads back every amount to the cent, however it is written', () => {
    const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(cents, fc.constantFrom(polish, american), (value, formats) => {
        const digits = String(value < 0n ? -value : value).padStart(3, '0');
        const amount = `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(parseValue(formatValue(amount, 'amount', formats), 'amount', formats)).toBe(amount);
      }),
      { seed: SEED },
    );
  });

  it('refuses what is neither date nor amount, and leaves foreign text alone', () => {
    expect(() => formatValue('3.11.2026', 'date', polish)).toThrow(/YYYY-MM-DD/);
    expect(() => formatValue('12,50', 'amount', polish)).toThrow(/1234.56/);
    expect(parseValue('brak', 'amount', polish)).toBe('brak');
  });
});
