import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { add as plus } from '../values/arithmetic.ts';
import { has } from '../values/access.ts';
import { parseNumber } from '../values/numbers.ts';
import { equals } from '../values/order.ts';
import { toJson, toText, typeError, typeErrorOf, utf8Length } from '../values/text.ts';
import { isArray, isObject, isTrue, member, typeOf } from '../values/types.ts';
import { codePointLength } from '../values/unicode.ts';
import { each, single } from '../evaluation/filter.ts';
import { argument, unary, valued, type NativeTable } from './native.ts';
import { parseJson } from './json.ts';

/** Functions about any value: type, size, conversion, equality of parts, errors. */
export const CORE: NativeTable = {
  'empty/0': () => ({ run: () => false }),
  'not/0': unary((input) => !isTrue(input)),
  'type/0': unary(typeOf),
  'length/0': unary(sizeOf),
  'utf8bytelength/0': unary((input) => {
    if (typeof input !== 'string') throw typeError(input, 'only strings have UTF-8 byte length');
    return utf8Length(input);
  }),
  'error/0': unary((input) => {
    throw new JqError(input ?? null);
  }),
  'error/1': (args) => ({
    run: (input, _path, env) =>
      each(argument(args, 0), input, env, (value) => {
        throw new JqError(value ?? null);
      }),
  }),
  'select/1': (args) => {
    const condition = argument(args, 0);
    return {
      run: (input, path, env, emit) => each(condition, input, env, (value) => isTrue(value) && emit(input, path)),
    };
  },
  'map/1': (args) => {
    const body = argument(args, 0);
    return single((input, env) => {
      const { budget } = env.evaluation;
      const outputs: unknown[] = [];
      const take = (value: unknown): boolean => {
        outputs.push(value);
        budget.step();
        return false;
      };
      for (const item of items(input)) {
        budget.step();
        each(body, item, env, take);
      }
      budget.elements(outputs.length);
      return outputs;
    });
  },
  'add/0': unary((input, budget) => {
    let sum: unknown = null;
    for (const item of items(input)) sum = plus(sum, item, budget);
    return sum;
  }),
  'add/1': (args) =>
    single((input, env) => {
      let sum: unknown = null;
      each(argument(args, 0), input, env, (value) => {
        sum = plus(sum, value, env.evaluation.budget);
        return false;
      });
      return sum;
    }),
  'has/1': valued((input, [key]) => has(input, key)),
  'contains/1': valued((input, [part], budget) => {
    if (typeOf(input) !== typeOf(part)) throw typeErrorOf(input, part, 'cannot have their containment checked');
    return contains(input, part, budget);
  }),
  'inside/1': valued((input, [whole], budget) => {
    if (typeOf(input) !== typeOf(whole)) throw typeErrorOf(whole, input, 'cannot have their containment checked');
    return contains(whole, input, budget);
  }),
  'tojson/0': unary((input, budget) => {
    const text = toJson(input);
    budget.characters(text.length);
    return text;
  }),
  'fromjson/0': unary((input, budget) => {
    if (typeof input !== 'string') throw typeError(input, 'only strings can be parsed');
    budget.characters(input.length);
    return parseJson(input);
  }),
  'tostring/0': unary((input, budget) => {
    const text = toText(input);
    budget.characters(text.length);
    return text;
  }),
  'tonumber/0': unary((input) => {
    const number = typeof input === 'string' ? parseNumber(input) : input;
    if (typeof number === 'number') return number;
    throw typeError(input, 'cannot be parsed as a number');
  }),
  'toboolean/0': unary((input) => {
    if (typeof input === 'boolean') return input;
    if (input === 'true' || input === 'false') return input === 'true';
    throw typeError(input, 'cannot be parsed as a boolean');
  }),
  'toarray/0': unary((input) => (isArray(input) ? input : [input])),
  'values/0': ofType((input) => input !== null && input !== undefined),
  'nulls/0': ofType((input) => typeOf(input) === 'null'),
  'booleans/0': ofType((input) => typeof input === 'boolean'),
  'numbers/0': ofType((input) => typeof input === 'number'),
  'strings/0': ofType((input) => typeof input === 'string'),
  'arrays/0': ofType(isArray),
  'objects/0': ofType(isObject),
  'iterables/0': ofType((input) => typeof input === 'object' && input !== null),
  'scalars/0': ofType((input) => typeof input !== 'object' || input === null),
};

/** What `.[]` emits, as an array; raises where there is nothing to iterate over. */
export function items(input: unknown): readonly unknown[] {
  if (isArray(input)) return input;
  if (isObject(input)) return Object.keys(input).map((key) => member(input, key));
  if (typeOf(input) === 'null') throw new JqError('Cannot iterate over null');
  throw new JqError(`Cannot iterate over ${typeError(input, '').message.trim()}`);
}

/** `length`: of an array, an object or a string; the absolute value of a number; 0 for null. */
export function sizeOf(input: unknown): number {
  if (typeof input === 'string') return codePointLength(input);
  if (isArray(input)) return input.length;
  if (isObject(input)) return Object.keys(input).length;
  if (typeof input === 'number') return Math.abs(input);
  if (typeOf(input) === 'null') return 0;
  throw typeError(input, 'has no length');
}

/** jv_contains: objects by key, arrays by any element, strings by substring, all else by equality. */
function contains(whole: unknown, part: unknown, budget: Budget): boolean {
  budget.step();
  if (isObject(whole) && isObject(part)) {
    return Object.keys(part).every((key) => Object.hasOwn(whole, key) && contains(whole[key], part[key], budget));
  }
  if (isArray(whole) && isArray(part))
    return part.every((item) => whole.some((other) => contains(other, item, budget)));
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  return equals(whole, part, budget);
}

function ofType(test: (input: unknown) => boolean): NativeTable[string] {
  return () => ({ run: (input, path, _env, emit) => test(input) && emit(input, path) });
}
