import { typeError } from '../values/text.ts';
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
  'infinite/0': unary(() => Infinity),
  'nan/0': unary(() => Number.NaN),
  'isinfinite/0': unary((input) => input === Infinity || input === -Infinity),
  'isnan/0': unary((input) => Number.isNaN(input)),
  'isnormal/0': unary((input) => typeof input === 'number' && Number.isFinite(input) && Math.abs(input) >= 2 ** -1022),
};

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw typeError(value, 'number required');
}
