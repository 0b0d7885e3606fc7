import { JqError } from '../errors.ts';
import type { Budget } from '../bounds.ts';
import { collect, single, type Env, type Filter } from '../evaluation/filter.ts';
import { get, indicesOfArray } from '../values/access.ts';
import { compare, equals, sortedKeys } from '../values/order.ts';
import { typeError, typeErrorOf } from '../values/text.ts';
import { isArray, isObject, put, type JsonObject } from '../values/types.ts';
import { toText } from '../values/text.ts';
import { items, sizeOf } from './core.ts';
import { argument, bound, unary, valued, type Native, type NativeTable } from './native.ts';
import { textIndices } from './strings.ts';

/** A value with the key it is sorted or grouped by. */
interface Keyed {
  readonly value: unknown;
  readonly key: unknown;
}

/** Functions about arrays and objects as wholes. */
export const ARRAYS: NativeTable = {
  'keys/0': unary((input, budget) => {
    if (isObject(input)) {
      const keys = sortedKeys(input);
      budget.elements(keys.length);
      return keys;
    }
    if (isArray(input)) return input.map((_, i) => i);
    throw typeError(input, 'has no keys');
  }),
  'keys_unsorted/0': unary((input) => {
    if (isObject(input)) return Object.keys(input);
    if (isArray(input)) return input.map((_, i) => i);
    throw typeError(input, 'has no keys');
  }),
  'to_entries/0': unary((input, budget) => {
    if (!isObject(input)) throw typeError(input, 'has no keys');
    const keys = Object.keys(input);
    budget.elements(keys.length);
    return keys.map((key) => ({ key, value: input[key] ?? null }));
  }),
  'reverse/0': unary((input) => {
    if (isArray(input)) return [...input].reverse();
    // jq defines it by positions, so that what has none is an empty array.
    return sizeOf(input) === 0 ? [] : get(input, sizeOf(input) - 1);
  }),
  'sort/0': unary((input, budget) =>
    sorted(
      keyed(input, (value) => value, 'sorted'),
      budget,
    ).map(({ value }) => value),
  ),
  'sort_by/1': by('sorted', (pairs, budget) => sorted(pairs, budget).map(({ value }) => value)),
  'group_by/1': by('grouped', (pairs, budget) => groups(pairs, budget).map((group) => group.map(({ value }) => value))),
  'unique/0': unary((input, budget) =>
    groups(
      keyed(input, (value) => value, 'sorted'),
      budget,
    ).map((group) => group[0]?.value),
  ),
  'unique_by/1': by('grouped', (pairs, budget) => groups(pairs, budget).map((group) => group[0]?.value)),
  'min/0': unary((input, budget) =>
    extreme(
      keyed(input, (value) => value, 'iterated over'),
      -1,
      budget,
    ),
  ),
  'max/0': unary((input, budget) =>
    extreme(
      keyed(input, (value) => value, 'iterated over'),
      1,
      budget,
    ),
  ),
  'min_by/1': by('iterated over', (pairs, budget) => extreme(pairs, -1, budget)),
  'max_by/1': by('iterated over', (pairs, budget) => extreme(pairs, 1, budget)),
  'flatten/0': unary((input, budget) => flatten(items(input), Infinity, budget)),
  'flatten/1': bound((input, [depth], budget) => {
    if (compare(depth, 0, budget) < 0) throw new JqError('flatten depth must not be negative');
    const list = items(input);
    if (typeof depth === 'number') return flatten(list, depth, budget);
    if (list.some(isArray)) throw typeErrorOf(depth, 1, 'cannot be subtracted');
    return [...list];
  }),
  'indices/1': valued((input, [part], budget) => indices(input, part, budget)),
  'index/1': valued((input, [part], budget) => at(indices(input, part, budget), 0)),
  'rindex/1': valued((input, [part], budget) => at(indices(input, part, budget), -1)),
  'bsearch/1': valued((input, [target], budget) => {
    if (!isArray(input)) throw typeError(input, 'cannot be searched from');
    return search(input, target, budget);
  }),
  'join/1': bound((input, [separator], budget) => join(items(input), separator, budget)),
  'transpose/0': unary((input, budget) => {
    const rows = items(input).map((row) => (isArray(row) ? row : items(row)));
    const width = Math.max(0, ...rows.map((row) => row.length));
    budget.elements(width * rows.length);
    return Array.from({ length: width }, (_, i) => rows.map((row) => row[i] ?? null));
  }),
  'from_entries/0': unary((input, budget) => {
    const object: JsonObject = {};
    const entries = items(input);
    budget.elements(entries.length);
    for (const entry of entries) put(object, entryKey(entry), entryValue(entry));
    return object;
  }),
};

function by(verb: string, finish: (pairs: Keyed[], budget: Budget) => unknown): Native {
  return (args) => {
    const filter: Filter = argument(args, 0);
    const keyOf = (value: unknown, env: Env): unknown => collect(filter, value, env);
    return single((input, env) => {
      const pairs = keyed(input, (value) => keyOf(value, env), verb);
      env.evaluation.budget.elements(pairs.length);
      return finish(pairs, env.evaluation.budget);
    });
  };
}

function keyed(input: unknown, keyOf: (value: unknown) => unknown, verb: string): Keyed[] {
  if (isArray(input)) return input.map((value) => ({ value: value ?? null, key: keyOf(value ?? null) }));
  if (verb === 'iterated over') throw typeErrorOf(input, input, 'cannot be iterated over');
  throw typeError(input, `cannot be ${verb}, as it is not an array`);
}

function sorted(pairs: Keyed[], budget: Budget): Keyed[] {
  return pairs.sort((a, b) => {
    return compare(a.key, b.key, budget);
  });
}

function groups(pairs: Keyed[], budget: Budget): Keyed[][] {
  const found: Keyed[][] = [];
  for (const pair of sorted(pairs, budget)) {
    const group = found.at(-1);
    if (group?.[0] !== undefined && equals(group[0].key, pair.key, budget)) group.push(pair);
    else found.push([pair]);
  }
  return found;
}

/** The least (sign -1; the first of equals) or greatest (sign 1; the last of equals). */
function extreme(pairs: readonly Keyed[], sign: 1 | -1, budget: Budget): unknown {
  let best: Keyed | null = null;
  for (const pair of pairs) {
    const order = best === null ? 1 : compare(pair.key, best.key, budget) * sign;
    if (order > 0 || (order === 0 && sign === 1)) best = pair;
  }
  return best === null ? null : best.value;
}

function flatten(list: readonly unknown[], depth: number, budget: Budget): unknown[] {
  const flat: unknown[] = [];
  const visit = (item: unknown, left: number): void => {
    budget.step();
    if (isArray(item) && left >= 0) for (const inner of item) visit(inner, left - 1);
    else flat.push(item);
  };
  for (const item of list) visit(item, depth - 1);
  budget.elements(flat.length);
  return flat;
}

function indices(input: unknown, part: unknown, budget: Budget): unknown {
  if (typeof input === 'string' && typeof part === 'string') return textIndices(input, part, budget);
  if (!isArray(input)) return get(input, part);
  const wanted = isArray(part) ? part : [part];
  budget.spend(input.length * Math.max(1, wanted.length));
  return indicesOfArray(input, wanted, budget);
}

function at(found: unknown, index: number): unknown {
  return isArray(found) ? (found.at(index) ?? null) : get(found, index);
}

/** The position, or -1 minus the position where it would be inserted. */
function search(array: readonly unknown[], target: unknown, budget: Budget): number {
  let [low, high] = [0, array.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(array[middle], target, budget);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1 - low;
}

function join(list: readonly unknown[], separator: unknown, budget: Budget): string {
  const parts: string[] = [];
  let length = 0;
  if (list.length === 0) return '';
  if (typeof separator !== 'string' && separator !== null) throw typeErrorOf('', separator, 'cannot be added');
  for (const item of list) {
    if (typeof item === 'object' && item !== null)
      throw typeErrorOf(parts.join(separator ?? ''), item, 'cannot be added');
    const text = item === null || item === undefined ? '' : toText(item);
    parts.push(text);
    length += text.length + (separator ?? '').length;
    budget.step();
  }
  budget.characters(length);
  return parts.join(separator ?? '');
}

/** `key`, or else the names that other programs write (manual, "from_entries"). */
function entryKey(entry: unknown): string {
  for (const name of ['key', 'k', 'name', 'Name', 'Key', 'K']) {
    const key = get(entry, name);
    if (key === null || key === false) continue;
    if (typeof key === 'string') return key;
    if (typeof key === 'number' || typeof key === 'boolean') return toText(key);
    throw new JqError(`Cannot use ${typeError(key, 'as object key').message}`);
  }
  const key = isObject(entry) && Object.hasOwn(entry, 'key') ? get(entry, 'key') : null;
  return key === false ? 'false' : 'null';
}

function entryValue(entry: unknown): unknown {
  if (!isObject(entry)) return null;
  for (const name of ['value', 'v', 'Value', 'V']) if (Object.hasOwn(entry, name)) return entry[name] ?? null;
  return null;
}
