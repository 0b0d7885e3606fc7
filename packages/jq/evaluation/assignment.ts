import type { BinaryOperator, NodeOf } from '../syntax/ast.ts';
import { OPERATIONS } from '../values/arithmetic.ts';
import { getPath, setPath } from '../values/update.ts';
import { isTrue } from '../values/types.ts';
import { computed, each, single, type Env, type Filter } from './filter.ts';
import { modify, pathsOf } from './modify.ts';
import type { Scope } from './scope.ts';

/** `paths operator value`. All but `|=` compute the value from the whole input, once for each output. */
export function compileAssignment(node: NodeOf<'assign'>, scope: Scope): Filter {
  const paths = scope.compile(node.left);
  const value = scope.compile(node.right);
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
