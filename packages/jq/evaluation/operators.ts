import type { NodeOf } from '../syntax/ast.ts';
import { negate, OPERATIONS } from '../values/arithmetic.ts';
import { isTrue } from '../values/types.ts';
import { computed, each, single, type Env, type Filter } from './filter.ts';
import type { Scope } from './scope.ts';

/** `left operator right`; for each right value all left ones. */
export function compileBinary(node: NodeOf<'binary'>, scope: Scope): Filter {
  const left = scope.compile(node.left);
  const right = scope.compile(node.right);
  const operate = OPERATIONS[node.operator];
  const [oneLeft, oneRight] = [left.one, right.one];
  if (oneLeft !== undefined && oneRight !== undefined) {
    return single((input, env) => {
      const b = oneRight(input, env);
      return operate(oneLeft(input, env), b, env.evaluation.budget);
    });
  }
  return {
    run: (input, path, env, emit) =>
      each(right, input, env, (b) =>
        each(left, input, env, (a) => {
          const result = operate(a, b, env.evaluation.budget);
          return emit(result, computed(path, input, result));
        }),
      ),
  };
}

/** `-operand` */
export function compileNegate(node: NodeOf<'negate'>, scope: Scope): Filter {
  const operand = scope.compile(node.operand);
  const { one } = operand;
  if (one !== undefined) return single((input, env) => negate(one(input, env)));
  return {
    run: (input, path, env, emit) =>
      each(operand, input, env, (value) => emit(negate(value), computed(path, input, value))),
  };
}

/** `and`, `or`: for each left value all right ones, which are not evaluated where the left one decides. */
export function compileLogic(node: NodeOf<'and'> | NodeOf<'or'>, scope: Scope): Filter {
  const left = scope.compile(node.left);
  const right = scope.compile(node.right);
  const deciding = node.kind === 'or';
  const [oneLeft, oneRight] = [left.one, right.one];
  if (oneLeft !== undefined && oneRight !== undefined) {
    return single((input: unknown, env: Env) =>
      isTrue(oneLeft(input, env)) === deciding ? deciding : isTrue(oneRight(input, env)),
    );
  }
  return {
    run: (input, path, env, emit) =>
      each(left, input, env, (a) =>
        isTrue(a) === deciding
          ? emit(deciding, computed(path, input, deciding))
          : each(right, input, env, (b) => emit(isTrue(b), computed(path, input, isTrue(b)))),
      ),
  };
}
