import { MAX_ARRAY, type Budget } from '../bounds.ts';
import { JqBoundError, JqError } from '../errors.ts';
import { get, isNull, sliceRange } from './access.ts';
import { compare } from './order.ts';
import { isArray, isObject, member, put, typeOf, type JsonObject } from './types.ts';

/** A copy of `value` with `value[key]` set (jv_set). null becomes what the key asks for. */
export function set(value: unknown, key: unknown, item: unknown, budget: Budget): unknown {
  if (typeof key === 'string' && (isNull(value) || isObject(value))) {
    const copy: JsonObject = { ...value };
    budget.elements(Object.keys(copy).length);
    put(copy, key, item);
    return copy;
  }
  if (typeof key === 'number' && (isNull(value) || isArray(value))) return setElement(value ?? [], key, item, budget);
  if (isObject(key)) {
    if (isNull(value) || isArray(value)) return setSlice(value ?? [], key, item, budget);
    if (typeof value === 'string') throw new JqError('Cannot update string slices');
  }
  throw new JqError(`Cannot update field at ${typeOf(key)} index of ${typeOf(value)}`);
}

/** `getpath(keys)`: null as soon as there is nothing. */
export function getPath(value: unknown, keys: readonly unknown[]): unknown {
  let found = value;
  for (const key of keys) {
    if (isNull(found)) return null;
    found = get(found, key);
  }
  return found ?? null;
}

/** `setpath(keys; item)`, by copying only what lies on the path. */
export function setPath(value: unknown, keys: readonly unknown[], item: unknown, budget: Budget, from = 0): unknown {
  if (from === keys.length) return item;
  const key = keys[from];
  const old = isNull(value) ? null : get(value, key);
  return set(value, key, setPath(old, keys, item, budget, from + 1), budget);
}

/** `delpaths(paths)`: the last in order first, so that the others keep their meaning. */
export function deletePaths(value: unknown, paths: readonly (readonly unknown[])[], budget: Budget): unknown {
  budget.elements(paths.length);
  const sorted = [...paths].sort((a, b) => compare(a, b, budget));
  return deleteSorted(value, sorted, 0, budget);
}

/** Deletes paths that share their first `depth` keys, in one copy per array or object. */
function deleteSorted(value: unknown, paths: readonly (readonly unknown[])[], depth: number, budget: Budget): unknown {
  if (paths.length === 0) return value;
  if (paths[0]?.length === depth) return null;
  if (isNull(value)) return null;
  let result: unknown = value;
  const whole: unknown[] = [];
  for (const group of groupByKey(paths, depth, budget)) {
    const key = group[0]?.[depth];
    if (group[0]?.length === depth + 1) {
      whole.push(key);
      continue;
    }
    const old = get(result, key);
    if (isNull(old)) continue;
    result = set(result, key, deleteSorted(old, group, depth + 1, budget), budget);
  }
  return deleteKeys(result, whole, budget);
}

function groupByKey(paths: readonly (readonly unknown[])[], depth: number, budget: Budget): (readonly unknown[])[][] {
  const groups: (readonly unknown[])[][] = [];
  for (const path of paths) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && compare(last[0][depth], path[depth], budget) === 0) last.push(path);
    else groups.push([path]);
  }
  return groups;
}

/** Deletes keys at once (jv_dels): positions all count in the array as it was. */
function deleteKeys(value: unknown, keys: readonly unknown[], budget: Budget): unknown {
  if (keys.length === 0 || isNull(value)) return value;
  if (isArray(value)) return deleteElements(value, keys, budget);
  if (!isObject(value)) throw new JqError(`Cannot delete fields from ${typeOf(value)}`);
  const copy = { ...value };
  budget.elements(Object.keys(copy).length);
  for (const key of keys) {
    if (typeof key !== 'string') throw new JqError(`Cannot delete ${typeOf(key)} field of object`);
    delete copy[key];
  }
  return copy;
}

function deleteElements(array: readonly unknown[], keys: readonly unknown[], budget: Budget): unknown[] {
  budget.elements(array.length);
  const dropped = new Set<number>();
  for (const key of keys) {
    if (typeof key === 'number') {
      const at = Math.trunc(key);
      dropped.add(key < 0 ? at + array.length : at);
    } else if (isObject(key)) {
      const [start, end] = sliceRange(array.length, member(key, 'start'), member(key, 'end'));
      budget.elements(end - start);
      for (let i = start; i < end; i++) dropped.add(i);
    } else throw new JqError(`Cannot delete ${typeOf(key)} element of array`);
  }
  return array.filter((_, i) => !dropped.has(i));
}

function setElement(array: readonly unknown[], index: number, item: unknown, budget: Budget): unknown[] {
  if (Number.isNaN(index)) throw new JqError('Cannot set array element at NaN index');
  const at = Math.trunc(index) < 0 ? Math.trunc(index) + array.length : Math.trunc(index);
  if (at < 0) throw new JqError('Out of bounds negative array index');
  if (at >= MAX_ARRAY)
    throw new JqBoundError('array', MAX_ARRAY, `An array would have more than ${MAX_ARRAY} elements.`);
  budget.elements(Math.max(at + 1, array.length));
  const copy = array.slice();
  while (copy.length < at) copy.push(null);
  copy[at] = item;
  return copy;
}

function setSlice(array: readonly unknown[], key: JsonObject, item: unknown, budget: Budget): unknown[] {
  const [start, end] = sliceRange(array.length, member(key, 'start'), member(key, 'end'));
  if (!isArray(item)) throw new JqError('A slice of an array can only be assigned another array');
  budget.elements(array.length + item.length);
  return [...array.slice(0, start), ...item, ...array.slice(end)];
}
