import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import type { BinaryOperator } from '../syntax/ast.ts';
import { isNull } from './access.ts';
import { compare, equals } from './order.ts';
import { toJson, typeErrorOf } from './text.ts';
import { isArray, isObject, put, type JsonObject } from './types.ts';

/** One operator applied to two values; pays for what it copies. */
export type Operate = (a: unknown, b: unknown, budget: Budget) => unknown;

/** jq's operators (manual, "Builtin operators and functions"). */
export const OPERATIONS: Readonly<Record<BinaryOperator, Operate>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': equals,
  '!=': (a, b, budget) => !equals(a, b, budget),
  '<': (a, b, budget) => compare(a, b, budget) < 0,
  '<=': (a, b, budget) => compare(a, b, budget) <= 0,
  '>': (a, b, budget) => compare(a, b, budget) > 0,
  '>=': (a, b, budget) => compare(a, b, budget) >= 0,
};

/** 64-bit bounds, to which the operands of `%` are cut. */
const LEAST_INTEGER = -(2 ** 63);
const MOST_INTEGER = 2 ** 63;

/** `a + b`: numbers add, strings and arrays join, objects merge (the right wins), null is nothing. */
export function add(a: unknown, b: unknown, budget: Budget): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') {
    budget.characters(a.length + b.length);
    return a + b;
  }
  if (isNull(a)) return b ?? null;
  if (isNull(b)) return a;
  if (isArray(a) && isArray(b)) {
    budget.elements(a.length + b.length);
    return a.concat(b);
  }
  if (isObject(a) && isObject(b)) return merge(a, b, budget);
  throw typeErrorOf(a, b, 'cannot be added');
}

function merge(a: JsonObject, b: JsonObject, budget: Budget): JsonObject {
  // Object spread defines members, so that a key `__proto__` stays a key.
  const merged = { ...a, ...b };
  budget.elements(Object.keys(merged).length);
  return merged;
}

function subtract(a: unknown, b: unknown, budget: Budget): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (!isArray(a) || !isArray(b)) throw typeErrorOf(a, b, 'cannot be subtracted');
  budget.spend(a.length * Math.max(1, b.length));
  return a.filter((item) => !b.some((other) => equals(item, other, budget)));
}

function multiply(a: unknown, b: unknown, budget: Budget): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (typeof a === 'string' && typeof b === 'number') return repeatText(a, b, budget);
  if (typeof a === 'number' && typeof b === 'string') return repeatText(b, a, budget);
  if (isObject(a) && isObject(b)) return mergeDeep(a, b, budget);
  throw typeErrorOf(a, b, 'cannot be multiplied');
}

/** `text * n`: null for a negative number, the text itself cut to nothing below 1 (jq 1.8). */
function repeatText(text: string, times: number, budget: Budget): string | null {
  if (times < 0 || Number.isNaN(times)) return null;
  const count = Math.floor(times);
  if (text === '' || count === 0) return '';
  budget.characters(text.length * count);
  return text.repeat(count);
}

function mergeDeep(a: JsonObject, b: JsonObject, budget: Budget): JsonObject {
  const merged = merge(a, b, budget);
  for (const key of Object.keys(b)) {
    const [old, now] = [Object.hasOwn(a, key) ? a[key] : null, b[key]];
    if (isObject(old) && isObject(now)) put(merged, key, mergeDeep(old, now, budget));
  }
  return merged;
}

function divide(a: unknown, b: unknown, budget: Budget): unknown {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) throw typeErrorOf(a, b, 'cannot be divided because the divisor is zero');
    return a / b;
  }
  if (typeof a === 'string' && typeof b === 'string') return split(a, b, budget);
  throw typeErrorOf(a, b, 'cannot be divided');
}

/** Splits at each occurrence; at each character where the separator is empty. */
export function split(text: string, separator: string, budget: Budget): string[] {
  budget.characters(text.length);
  if (text === '') return [];
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  budget.elements(parts.length);
  return parts;
}

function remainder(a: unknown, b: unknown): unknown {
  if (typeof a !== 'number' || typeof b !== 'number') throw typeErrorOf(a, b, 'cannot be divided (remainder)');
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const divisor = integer(b);
  if (divisor === 0) throw typeErrorOf(a, b, 'cannot be divided (remainder) because the divisor is zero');
  // The sum turns -0 into 0: jq computes on integers.
  return (integer(a) % divisor) + 0;
}

function integer(value: number): number {
  return Math.trunc(Math.min(MOST_INTEGER, Math.max(LEAST_INTEGER, value)));
}

/** `-a`. */
export function negate(value: unknown): number {
  if (typeof value === 'number') return -value;
  throw new JqError(`${toJson(value)} cannot be negated`);
}
