/** Functions of the C library that JavaScript has not; accurate to a few units in the last place. */

const LEAST_NORMAL = 2 ** -1022;

/** The mantissa in [0.5, 1) and the exponent of a number: `value = mantissa * 2 ** exponent` (C99, frexp). */
export function frexp(value: number): [number, number] {
  if (value === 0 || !Number.isFinite(value)) return [value, 0];
  const scaled = Math.abs(value) < LEAST_NORMAL ? value * 2 ** 54 : value;
  let exponent = Math.floor(Math.log2(Math.abs(scaled))) + 1;
  let mantissa = scaled / 2 ** (exponent - 1) / 2;
  if (Math.abs(mantissa) >= 1) [mantissa, exponent] = [mantissa / 2, exponent + 1];
  else if (Math.abs(mantissa) < 0.5) [mantissa, exponent] = [mantissa * 2, exponent - 1];
  return [mantissa, scaled === value ? exponent : exponent - 54];
}

/** `value * 2 ** exponent` without overflow on the way (C99, ldexp). */
export function ldexp(value: number, exponent: number): number {
  const steps = Math.max(-2200, Math.min(2200, Math.trunc(exponent)));
  const half = Math.trunc(steps / 3);
  return value * 2 ** half * 2 ** half * 2 ** (steps - 2 * half);
}

/** Rounds to the nearest integer, halves to the even one (IEEE 754, roundTiesToEven). */
export function roundEven(value: number): number {
  const floor = Math.floor(value);
  if (!Number.isFinite(value) || value === floor) return value;
  const fraction = value - floor;
  const up = fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0);
  const rounded = up ? floor + 1 : floor;
  return rounded === 0 && value < 0 ? -0 : rounded;
}

/** The exponent of a number as a double (C99, logb). */
export function logb(value: number): number {
  if (value === 0) return -Infinity;
  return Number.isFinite(value) ? frexp(value)[1] - 1 : Math.abs(value);
}

/** The IEEE 754 remainder: `a - b * n`, n the integer nearest to `a / b`, halves to the even one. */
export function remainder(a: number, b: number): number {
  if (!Number.isFinite(a) || b === 0 || Number.isNaN(b)) return Number.NaN;
  if (!Number.isFinite(b)) return a;
  const rest = a % b;
  const half = Math.abs(b) / 2;
  const odd = Math.abs(Math.trunc(a / b)) % 2 === 1;
  const away = Math.abs(rest) > half || (Math.abs(rest) === half && odd);
  return away ? rest - Math.sign(rest) * Math.abs(b) : rest;
}

/** The next double after `a` towards `b` (C99, nextafter). */
export function nextAfter(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b) || a === b) return a + b - (Number.isNaN(a + b) ? 0 : a);
  if (a === 0) return Math.sign(b) * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, a);
  view.setBigInt64(0, view.getBigInt64(0) + (a < b === a > 0 ? 1n : -1n));
  return view.getFloat64(0);
}

/** Lanczos' approximation (g = 7, nine terms), as published by P. Godfrey. */
const LANCZOS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
];
const LANCZOS_G = 7;

/** The natural logarithm of the absolute value of the gamma function. */
export function lgamma(value: number): number {
  if (value <= 0 && Number.isInteger(value)) return Infinity;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? value : Infinity;
  if (value === 1 || value === 2) return 0;
  if (value < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * value))) - lgamma(1 - value);
  const x = value - 1;
  const sum = LANCZOS.reduce((total, term, i) => (i === 0 ? term : total + term / (x + i)), 0);
  const t = x + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The gamma function; exact for the factorials that a double holds. */
export function tgamma(value: number): number {
  if (value === 0) return 1 / value;
  if (value < 0 && Number.isInteger(value)) return Number.NaN;
  if (Number.isInteger(value) && value <= 171) {
    let product = 1;
    for (let i = 2; i < value; i++) product *= i;
    return product;
  }
  const size = Math.exp(lgamma(value));
  return value < 0 && Math.floor(value) % 2 !== 0 ? -size : size;
}
