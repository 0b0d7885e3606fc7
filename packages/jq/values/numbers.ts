/** A decimal number as jq's `tonumber` and JSON take it; no hexadecimal, no spaces. Anchored, nothing nested: linear. */
const DECIMAL = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
/** Between these, JavaScript's shortest notation and jq's are the same. */
const PLAIN_FROM = 1e-4;
const PLAIN_TO = 1e15;
/** jq writes exponents from this many digits after the point, or zeros after the last digit (jv_dtoa.c). */
const LEAST_POINT = -4;
const MOST_ZEROS = 15;

/** The number that `text` spells, or null. Numbers are IEEE 754 doubles; digits beyond the 17th are lost. */
export function parseNumber(text: string): number | null {
  return DECIMAL.test(text) ? Number(text) : null;
}

/**
 * A number as jq writes it: the shortest digits that read back the same, exponents of at least two digits. Not a
 * number is null, and infinities are the largest doubles, as JSON has neither.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const size = Math.abs(value);
  if (size >= PLAIN_FROM && size < PLAIN_TO) return String(value);
  if (size === Infinity) return formatNumber(value < 0 ? -Number.MAX_VALUE : Number.MAX_VALUE);
  const [mantissa = '', exponent = ''] = size.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point > LEAST_POINT && point <= digits.length + MOST_ZEROS) return sign + plain(digits, point);
  const power = String(Math.abs(point - 1)).padStart(2, '0');
  return `${sign}${mantissa}e${point - 1 < 0 ? '-' : '+'}${power}`;
}

/** Writes `digits` with the decimal point after `point` of them. */
function plain(digits: string, point: number): string {
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length);
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${'0'.repeat(-point)}${digits}`;
}
