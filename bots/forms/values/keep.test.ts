import { describe, expect, it } from 'vitest';
import { isKept, spelledFor } from './keep.ts';

const formats = { date: 'DD.MM.YYYY', decimal: ',', thousands: '' } as const;

describe('what a field keeps', () => {
  it.each([
    ['the same', 'FV/1', 'FV/1', 'text', true],
    ['a VAT id in a mask', '7823041166', '782-304-11-66', 'text', true],
    ['an amount with blanks', '1234567,50', '1 234 567,50', 'amount', true],
    ['a date in another spelling', '03.11.2026', '2026-11-03', 'date', false],
    ['a text that was cut', '7823041166', '782-304-11', 'text', false],
    ['a number without its signs', 'FV/1/2026', 'FV12026', 'text', false],
    ['another amount', '10,00', '1,00', 'amount', false],
    ['nothing', '10,00', '', 'amount', false],
    ['a doubled text', '123', '123123', 'text', false],
  ] as const)('should be told: %s', (_, given, kept, type, expected) => {
    expect(isKept(given, kept, type, formats)).toBe(expected);
  });
});

describe('the spelling of a field', () => {
  it.each([
    [{ kind: 'date', placeholder: '' }, '03.11.2026', 'date', '2026-11-03'],
    [{ kind: 'month', placeholder: '' }, '03.11.2026', 'date', '2026-11'],
    [{ kind: 'number', placeholder: '' }, '1234,50', 'amount', '1234.50'],
    [{ kind: 'text', placeholder: '' }, '03.11.2026', 'date', '03.11.2026'],
    [{ kind: 'text', placeholder: 'YYYY-MM-DD' }, '03.11.2026', 'date', '2026-11-03'],
    [{ kind: 'text', placeholder: 'dd/mm/rrrr' }, '03.11.2026', 'date', '03/11/2026'],
    [{ kind: 'text', placeholder: 'Enter a date' }, '03.11.2026', 'date', '03.11.2026'],
  ] as const)('should be that of %o', (input, text, type, expected) => {
    expect(spelledFor(input, text, type, formats)).toBe(expected);
  });
});
