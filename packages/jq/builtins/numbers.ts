import { typeError } from '../values/text.ts';
import { frexp, ldexp, lgamma, logb, nextAfter, remainder, roundEven, tgamma } from './libm.ts';
import { unary, valued, type NativeTable } from './native.ts';

/** jq's one-argument functions of the C library that JavaScript has under the same name. */
const SAME_NAME = [
  'floor',
  'sqrt',
  'ceil',
  'trunc',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'exp',
  'expm1',
  'log',
  'log2',
  'log10',
  'log1p',
  'cbrt',
] as const;

/** Functions about numbers. */
export const NUMBERS: NativeTable = {
  ...Object.fromEntries(SAME_NAME.map((name) => [`${name}/0`, unary((input) => Math[name](number(input)))])),
  'abs/0': unary((input) => {
    if (typeof input !== 'number') throw typeError(input, 'has no absolute value');
    return input < 0 ? -input : input;
  }),
  'fabs/0': unary((input) => Math.abs(number(input))),
  'round/0': unary((input) => {
    const value = number(input);
    return Math.sign(value) * Math.round(Math.abs(value));
  }),
  'exp2/0': unary((input) => 2 ** number(input)),
  'exp10/0': unary((input) => 10 ** number(input)),
  'pow/2': valued((_input, [base, exponent]) => number(base) ** number(exponent)),
  'atan2/2': valued((_input, [y, x]) => Math.atan2(number(y), number(x))),
  'fmin/2': valued((_input, [a, b]) => Math.min(number(a), number(b))),
  'fmax/2': valued((_input, [a, b]) => Math.max(number(a), number(b))),
  'fmod/2': valued((_input, [a, b]) => number(a) % number(b)),
  'hypot/2': binary(Math.hypot),
  'copysign/2': binary((a, b) => (Object.is(Math.sign(b), -0) || b < 0 ? -Math.abs(a) : Math.abs(a))),
  'fdim/2': binary((a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.max(0, a - b))),
  'fma/3': valued((_input, [a, b, c]) => number(a) * number(b) + number(c)),
  'remainder/2': binary(remainder),
  'drem/2': binary(remainder),
  'ldexp/2': binary(ldexp),
  'scalb/2': binary(ldexp),
  'scalbln/2': binary(ldexp),
  'nextafter/2': binary(nextAfter),
  'nexttoward/2': binary(nextAfter),
  'logb/0': unary((input) => logb(number(input))),
  'significand/0': unary((input) => significand(number(input))),
  'gamma/0': unary((input) => lgamma(number(input))),
  'lgamma/0': unary((input) => lgamma(number(input))),
  'tgamma/0': unary((input) => tgamma(number(input))),
  'rint/0': unary((input) => roundEven(number(input))),
  'nearbyint/0': unary((input) => roundEven(number(input))),
  'frexp/0': unary((input) => frexp(number(input))),
  'modf/0': unary((input) => modf(number(input))),
  'infinite/0': unary(() => Infinity),
  'nan/0': unary(() => Number.NaN),
  'isinfinite/0': unary((input) => input === Infinity || input === -Infinity),
  'isnan/0': unary((input) => Number.isNaN(input)),
  'isnormal/0': unary((input) => typeof input === 'number' && Number.isFinite(input) && Math.abs(input) >= 2 ** -1022),
};

function binary(compute: (a: number, b: number) => number): NativeTable[string] {
  return valued((_input, [a, b]) => compute(number(a), number(b)));
}

/** The mantissa in [1, 2). */
function significand(value: number): number {
  return value === 0 || !Number.isFinite(value) ? value : frexp(value)[0] * 2;
}

/** Fraction and whole part, both with the sign of the number. */
function modf(value: number): [number, number] {
  if (!Number.isFinite(value)) return [Number.isNaN(value) ? value : value < 0 ? -0 : 0, value];
  return [value % 1, Math.trunc(value)];
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw typeError(value, 'number required');
}
