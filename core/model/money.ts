import { Big } from 'big.js';
import { z } from 'zod';

/** An amount in an invoice's own currency: a plain decimal string with a point, as EN 16931 amounts are. Never a float. */
export const Amount = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,8})?$/, 'an amount is a decimal string with a point, for example "1234.56"')
  .describe('Decimal string with a point, for example "1234.56"');
export type Amount = z.infer<typeof Amount>;

/** ISO 4217 alphabetic code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, for example PLN');

/** Money as definitions write it: `"10000.00 PLN"`. */
export const MoneyText = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,8})? [A-Z]{3}$/, { error: ({ input }) => wrongMoney(input) });

const SIGNS: Readonly<Record<string, string>> = { zł: 'PLN', '€': 'EUR', $: 'USD', '£': 'GBP' };

/** Names the right form: that of the amount itself where it can be told, such as of `10 000,00 zł`. */
function wrongMoney(input: unknown): string {
  const [, number = '', unit = ''] =
    /^([\d\s.,\u00A0\u202F]+?)\s*([A-Za-z]{3}|zł|[€$£])?$/.exec(String(input).trim()) ?? [];
  const amount = readNumber(number);
  const currency = SIGNS[unit] ?? (unit.toUpperCase() || 'PLN');
  const form = 'money is an amount and a currency';
  return amount === undefined ? `${form}, for example "10000.00 PLN"` : `${form}: write "${amount} ${currency}"`;
}

/** `5000`, `5 000,00`, `5,000.00` as a decimal with two places; undefined where it is no amount. */
export function readNumber(text: string): string | undefined {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '');
  // Two digits behind the last mark are the small unit; every other mark groups thousands.
  const [, whole = plain, cents] = /^(.*)[.,](\d{1,2})$/.exec(plain) ?? [];
  const number = `${whole.replace(/[.,]/g, '')}${cents === undefined ? '' : `.${cents}`}`;
  return /^\d{1,15}(\.\d{1,2})?$/.test(number) ? new Big(number).toFixed(MINOR_DIGITS) : undefined;
}

export type Money = { amount: Amount; currency: string };

/** Minor units kept by `round2`; all currencies the product books today have two. */
const MINOR_DIGITS = 2;

/** Reads `"10000.00 PLN"`. Throws a ZodError that names the right form. */
export function parseMoney(text: string): Money {
  const [amount = '', currency = ''] = MoneyText.parse(text).split(' ');
  return { amount, currency };
}

/** Exact sum of decimal strings; the empty sum is "0.00". */
export function sum(amounts: readonly string[]): string {
  return round2(amounts.reduce((total, amount) => total.plus(amount), new Big(0)));
}

/** Commercial rounding (half away from zero) to two places, as Polish and EU VAT law ask (art. 106e(11) of the VAT Act). */
export function round2(value: Big | string): string {
  return new Big(value).round(MINOR_DIGITS, Big.roundHalfUp).toFixed(MINOR_DIGITS);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareAmounts(a: string, b: string): number {
  return new Big(a).cmp(b);
}
