import { JqError } from '../errors.ts';
import { modify, pathsOf } from '../evaluation/modify.ts';
import { iterate } from '../evaluation/iterate.ts';
import {
  each,
  extend,
  single,
  NO_PATH,
  pathKeys,
  ROOT,
  type Env,
  type Filter,
  type Track,
} from '../evaluation/filter.ts';
import { isNull } from '../values/access.ts';
import { deletePaths, getPath, setPath } from '../values/update.ts';
import { isArray, isTrue } from '../values/types.ts';
import { argument, valued, type NativeTable } from './native.ts';

/** Functions that take or give paths. */
export const PATHS: NativeTable = {
  'path/1': (args) => ({
    run: (input, path, env, emit) =>
      pathsOf(argument(args, 0), input, env, (keys) => emit(keys, path === undefined ? path : NO_PATH)),
  }),
  'getpath/1': (args) => ({
    run: (input, path, env, emit) =>
      each(argument(args, 0), input, env, (keys) => {
        const list = pathArray(keys);
        let at: Track = path;
        for (const key of list) at = extend(at, key, input);
        return emit(reach(input, list, path), at);
      }),
  }),
  'setpath/2': valued((input, [keys, item], budget) => setPath(input, pathArray(keys), item, budget)),
  'delpaths/1': valued((input, [paths], budget) => {
    if (!isArray(paths)) throw new JqError('Paths must be specified as an array');
    return deletePaths(input, paths.map(pathArray), budget);
  }),
  'del/1': (args) =>
    single((input, env) => deletePaths(input, allPaths(argument(args, 0), input, env), env.evaluation.budget)),
  'paths/0': () => leaves(null),
  'paths/1': (args) => leaves(argument(args, 0)),
  'pick/1': (args) =>
    single((input, env) => {
      let result: unknown = null;
      pathsOf(argument(args, 0), input, env, (keys) => {
        result = setPath(result, keys, getPath(input, keys), env.evaluation.budget);
        return false;
      });
      return result;
    }),
  'map_values/1': (args) => single((input, env) => modify(EACH, argument(args, 0), input, env)),
  'tostream/0': () => ({
    run: (input, path, env, emit) => {
      const place = path === undefined ? path : NO_PATH;
      return stream(input, [], true, env, (event) => emit(event, place));
    },
  }),
  'truncate_stream/1': undefinedHere(),
  'input_line_number/0': () => single(() => 0),
};

const EACH: Filter = { run: (input, path, env, emit) => iterate(input, path, env, emit, false) };

function undefinedHere(): NativeTable[string] {
  return (args) => ({
    run: (input, path, env, emit) =>
      argument(args, 0).run(null, undefined, env, (event) => {
        const depth = typeof input === 'number' ? input : 0;
        if (!isArray(event) || !isArray(event[0]) || event[0].length <= depth) return false;
        return emit([event[0].slice(depth), ...event.slice(1)], path === undefined ? path : NO_PATH);
      }),
  });
}

function pathArray(keys: unknown): readonly unknown[] {
  if (isArray(keys)) return keys;
  throw new JqError('Path must be specified as an array');
}

/** While paths are tracked, what is not there is null (as `path(getpath(["a","b"]))` needs). */
function reach(input: unknown, keys: readonly unknown[], path: Track): unknown {
  if (path === undefined) return getPath(input, keys);
  try {
    return getPath(input, keys);
  } catch (error) {
    if (error instanceof JqError) return null;
    throw error;
  }
}

function allPaths(filter: Filter, input: unknown, env: Env): unknown[][] {
  const paths: unknown[][] = [];
  pathsOf(filter, input, env, (keys) => {
    paths.push(keys);
    return false;
  });
  return paths;
}

/** Paths of all values but the whole, of those that pass the test. */
function leaves(test: Filter | null): Filter {
  const visit = (value: unknown, path: Track, env: Env, emit: (keys: unknown[]) => boolean): boolean =>
    iterate(
      value,
      path,
      env,
      (item, at) => {
        const passes = test === null || passesAll(test, item, env, () => emit(pathKeys(at ?? ROOT)));
        if (test === null ? emit(pathKeys(at ?? ROOT)) : passes) return true;
        return visit(item, at, env, emit);
      },
      true,
    );
  return {
    run(input, path, env, emit) {
      // The whole is tested too, for its errors: jq defines this by all paths, and leaves the empty one out afterwards.
      if (test !== null) each(test, input, env, () => false);
      return visit(input, ROOT, env, (keys) => emit(keys, path === undefined ? path : NO_PATH));
    },
  };
}

function passesAll(test: Filter, item: unknown, env: Env, then: () => boolean): boolean {
  return each(test, item, env, (value) => isTrue(value) && then());
}

/** The events of `tostream`: leaves as [path, value], then the closing of each array and object. */
function stream(
  value: unknown,
  keys: readonly unknown[],
  top: boolean,
  env: Env,
  emit: (event: unknown) => boolean,
): boolean {
  let last: unknown = null;
  let any = false;
  const stopped = iterate(
    value,
    ROOT,
    env,
    (item, at) => {
      any = true;
      last = (at ?? ROOT).key;
      return stream(item, [...keys, last], false, env, emit);
    },
    true,
  );
  if (stopped) return true;
  if (!any) return emit([keys, isNull(value) ? null : value]);
  return emit([[...keys, last]]) || (top && false);
}
