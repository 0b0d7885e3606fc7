import { JqError } from '../errors.ts';
import { excerpt } from '../values/text.ts';
import type { BinaryOperator, NodeOf } from '../syntax/ast.ts';
import { OPERATIONS } from '../values/arithmetic.ts';
import { deletePaths, getPath, setPath } from '../values/update.ts';
import { isTrue } from '../values/types.ts';
import { compileNode } from './compile.ts';
import { computed, each, NO_PATH, pathKeys, ROOT, single, type Env, type Filter } from './filter.ts';
import type { Scope } from './scope.ts';

/** `paths operator value`. All but `|=` compute the value from the whole input, once for each output. */
export function compileAssignment(node: NodeOf<'assign'>, scope: Scope): Filter {
  const paths = compileNode(node.left, scope);
  const value = compileNode(node.right, scope);
  const { operator } = node;
  if (operator === '|=') return single((input, env) => modify(paths, value, input, env));
  if (operator === '=') return forEachValue(value, (input, item, env) => assign(paths, input, env, () => item));
  if (operator === '//=') {
    return forEachValue(value, (input, item, env) => assign(paths, input, env, (old) => (isTrue(old) ? old : item)));
  }
  const operate = OPERATIONS[operator.slice(0, -1) as BinaryOperator];
  return forEachValue(value, (input, item, env) =>
    assign(paths, input, env, (old) => operate(old, item, env.evaluation.budget)),
  );
}

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
export function firstOf(filter: Filter, input: unknown, env: Env): unknown {
  if (filter.one !== undefined) return filter.one(input, env);
  let first: unknown;
  filter.run(input, undefined, env, (value) => {
    first = value ?? null;
    return true;
  });
  return first;
}

function forEachValue(value: Filter, compute: (input: unknown, item: unknown, env: Env) => unknown): Filter {
  const { one } = value;
  if (one !== undefined) return single((input, env) => compute(input, one(input, env), env));
  return {
    run: (input, path, env, emit) =>
      each(value, input, env, (item) => {
        const output = compute(input, item, env);
        return emit(output, computed(path, input, output));
      }),
  };
}

function assign(paths: Filter, input: unknown, env: Env, compute: (old: unknown) => unknown): unknown {
  const { budget } = env.evaluation;
  let result = input;
  pathsOf(paths, input, env, (keys) => {
    result = setPath(result, keys, compute(getPath(result, keys)), budget);
    return false;
  });
  return result;
}

function notAPath(value: unknown): JqError {
  return new JqError(`Invalid path expression with result ${excerpt(value)}`);
}
