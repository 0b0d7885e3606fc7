import { expect, it } from 'vitest';
import { MoneyText, readNumber } from './money.ts';

it.each(['10000.00 PLN', '0.5 EUR', '-1 PLN'])('should take %j', (text) => {
  expect(MoneyText.safeParse(text).success).toBe(true);
});

it.each([
  ['10 000 PLN', 'write "10000.00 PLN"'],
  ['10.000,00 zł', 'write "10000.00 PLN"'],
  ['10,000.50 usd', 'write "10000.50 USD"'],
  ['€', 'for example "10000.00 PLN"'],
  ['99', 'write "99.00 PLN"'],
  ['ten thousand', 'for example "10000.00 PLN"'],
])('should name the right form of %j', (text, form) => {
  const result = MoneyText.safeParse(text);
  expect(result.error?.issues[0]?.message).toContain(form);
});

it.each([
  ['5000', '5000.00'],
  ['5 000,00', '5000.00'],
  ['5,000.5', '5000.50'],
  ['1.000.000', '1000000.00'],
  ['', undefined],
  ['1e9', undefined],
])('should read %j as %j', (text, amount) => {
  expect(readNumber(text)).toBe(amount);
});
