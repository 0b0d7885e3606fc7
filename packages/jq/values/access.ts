import { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { equals } from './order.ts';
import { codePoints, codePointLength } from './unicode.ts';
import { excerpt } from './text.ts';
import { isArray, isObject, member, typeOf } from './types.ts';

/** `value[key]` (jv_get): null where there is nothing; raises where a value of this type has no such key. */
export function get(value: unknown, key: unknown, budget?: Budget): unknown {
  if (typeof key === 'string') {
    if (isObject(value)) return member(value, key);
  } else if (typeof key === 'number') {
    if (isArray(value)) return element(value, key);
  } else if (isObject(key)) {
    if (isArray(value) || typeof value === 'string') return slice(value, member(key, 'start'), member(key, 'end'));
  } else if (isArray(key) && isArray(value)) return indicesOfArray(value, key, budget ?? new Budget());
  if (isNull(value) && (isNull(key) || !isArray(key)) && typeof key !== 'boolean' && !isNull(key)) return null;
  throw cannotIndex(value, key);
}

/** True where {@link get} would not raise: lets `.a?` pass over without an exception. */
export function canGet(value: unknown, key: unknown): boolean {
  if (typeof key === 'string') return isNull(value) || isObject(value);
  return typeof key === 'number' && (isNull(value) || isArray(value));
}

/** `has(key)` (jv_has). */
export function has(value: unknown, key: unknown): boolean {
  if (isNull(value)) return false;
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key);
  if (isArray(value) && typeof key === 'number') return key > -1 && Math.trunc(key) < value.length;
  throw new JqError(`Cannot check whether ${typeOf(value)} has a ${typeOf(key)} key`);
}

/** `value[from:to]` of an array, string or null; strings are cut between code points. */
export function slice(value: unknown, from: unknown, to: unknown): unknown {
  if (isNull(value)) return null;
  if (isArray(value)) {
    const [start, end] = sliceRange(value.length, from, to);
    return value.slice(start, end);
  }
  if (typeof value !== 'string') throw cannotIndex(value, { start: from, end: to });
  const length = codePointLength(value);
  const [start, end] = sliceRange(length, from, to);
  return length === value.length ? value.slice(start, end) : codePoints(value).slice(start, end).join('');
}

/** The bounds of a slice: the start rounded down, the end up, both within the length, negative ones from the end. */
export function sliceRange(length: number, from: unknown, to: unknown): [number, number] {
  const first = isNull(from) ? 0 : from;
  const last = isNull(to) ? length : to;
  if (typeof first !== 'number' || typeof last !== 'number') {
    throw new JqError('Array/string slice indices must be integers');
  }
  const start = Math.floor(within(Number.isNaN(first) ? 0 : first, length));
  const end = Math.ceil(within(Number.isNaN(last) ? length : last, length));
  return [start, Math.max(start, end)];
}

/** The positions at which `part` occurs in `array`; none for an empty part, as in jq. */
export function indicesOfArray(array: readonly unknown[], part: readonly unknown[], budget: Budget): unknown[] | null {
  if (part.length === 0) return null;
  const found: number[] = [];
  for (let at = 0; at + part.length <= array.length; at++) {
    if (part.every((item, i) => equals(array[at + i], item, budget))) found.push(at);
  }
  return found;
}

/** True for null and for what JSON would drop. */
export function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function within(at: number, length: number): number {
  return Math.min(length, Math.max(0, at < 0 ? at + length : at));
}

function element(array: readonly unknown[], index: number): unknown {
  const at = Math.trunc(Math.floor(index));
  return array[at < 0 ? at + array.length : at] ?? null;
}

function cannotIndex(value: unknown, key: unknown): JqError {
  return new JqError(`Cannot index ${typeOf(value)} with ${typeOf(key)} (${excerpt(key)})`);
}
