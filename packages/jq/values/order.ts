import { MAX_NESTING, type Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { isArray, isObject, member, typeOf, type JsonObject, type TypeName } from './types.ts';

const RANK: Record<TypeName, number> = { null: 0, boolean: 1, number: 3, string: 4, array: 5, object: 6 };
const SURROGATES = 0xd800;

/**
 * jq's order of all values (manual, "sort"): null, false, true, numbers, strings by code point, arrays by element,
 * objects by their sorted keys and then by value. Not a number is less than any number. Negative when `a` is
 * first. Pays a step for each pair of values: shared parts make a value longer than the memory it takes.
 */
export function compare(a: unknown, b: unknown, budget: Budget, depth = 0): number {
  budget.step();
  if (typeof a === 'number' && typeof b === 'number') return a < b || Number.isNaN(a) ? -1 : a === b ? 0 : 1;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const byType = RANK[typeOf(a)] - RANK[typeOf(b)];
  if (byType !== 0) return byType;
  if (depth > MAX_NESTING) throw new JqError('Comparison too deep');
  if (isArray(a) && isArray(b)) return compareArrays(a, b, budget, depth);
  if (isObject(a) && isObject(b)) return compareObjects(a, b, budget, depth);
  return Number(a === true) - Number(b === true);
}

/** jq's equality, which is of value: 1 and 1.0 are one number, the order of keys does not count. */
export function equals(a: unknown, b: unknown, budget: Budget): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' && typeof a !== 'undefined') return false;
  return compare(a, b, budget) === 0;
}

/** Order by Unicode code points; JavaScript's own is by UTF-16 units and differs above the Basic Multilingual Plane. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x < SURROGATES || y < SURROGATES) return x - y;
    return fixUp(x) - fixUp(y);
  }
  return a.length - b.length;
}

/** Keys of an object in jq's order. */
export function sortedKeys(object: JsonObject): string[] {
  return Object.keys(object).sort(compareStrings);
}

/** Puts surrogates (which stand for the highest code points) above the units U+E000 to U+FFFF. */
function fixUp(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000;
}

function compareArrays(a: unknown[], b: unknown[], budget: Budget, depth: number): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i], budget, depth + 1);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: JsonObject, b: JsonObject, budget: Budget, depth: number): number {
  const keys = sortedKeys(a);
  const byKeys = compareArrays(keys, sortedKeys(b), budget, depth);
  if (byKeys !== 0) return byKeys;
  for (const key of keys) {
    const order = compare(member(a, key), member(b, key), budget, depth + 1);
    if (order !== 0) return order;
  }
  return 0;
}
