import { JqError } from '../errors.ts';
import { excerpt } from '../values/text.ts';
import { deletePaths, getPath, setPath } from '../values/update.ts';
import { NO_PATH, pathKeys, ROOT, type Env, type Filter } from './filter.ts';

/** All paths of a path expression, as arrays of keys. */
export function pathsOf(
  filter: Filter,
  input: unknown,
  env: Env,
  take: (keys: unknown[], value: unknown) => boolean,
): boolean {
  return filter.run(input, ROOT, env, (value, path) => {
    if (path === undefined || path === NO_PATH) throw notAPath(value);
    env.evaluation.budget.step();
    return take(pathKeys(path), value);
  });
}

/** `paths |= update`: each path gets the first output of `update`, and goes where there is none. */
export function modify(paths: Filter, update: Filter, input: unknown, env: Env): unknown {
  const { budget } = env.evaluation;
  const gone: unknown[][] = [];
  let result = input;
  pathsOf(paths, input, env, (keys) => {
    const old = getPath(result, keys);
    const next = firstOf(update, old, env);
    if (next === undefined) gone.push(keys);
    else result = setPath(result, keys, next, budget);
    return false;
  });
  return gone.length === 0 ? result : deletePaths(result, gone, budget);
}

/** The first output, or undefined where there is none. */
function firstOf(filter: Filter, input: unknown, env: Env): unknown {
  if (filter.one !== undefined) return filter.one(input, env);
  let first: unknown;
  filter.run(input, undefined, env, (value) => {
    first = value ?? null;
    return true;
  });
  return first;
}

function notAPath(value: unknown): JqError {
  return new JqError(`Invalid path expression with result ${excerpt(value)}`);
}
