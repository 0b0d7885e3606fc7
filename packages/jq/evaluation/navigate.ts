import { JqError } from '../errors.ts';
import type { NodeOf } from '../syntax/ast.ts';
import { canGet, get, slice } from '../values/access.ts';
import { isArray, isObject, member } from '../values/types.ts';
import { IDENTITY } from './basic.ts';
import { each, extend, type Env, type Filter } from './filter.ts';
import { iterate } from './iterate.ts';
import type { Scope } from './scope.ts';

/** `target[key]`; for each key all targets, as jq does. Without its error where optional. */
export function compileIndex(node: NodeOf<'index'>, scope: Scope): Filter {
  const target = scope.compile(node.target);
  const key = scope.compile(node.key);
  if (node.key.kind === 'literal' && typeof node.key.value === 'string') {
    return field(target, node.key.value, node.optional);
  }
  const { optional } = node;
  const run: Filter['run'] = (input, path, env, emit) =>
    each(key, input, env, (k) =>
      target.run(input, path, env, (value, at) => {
        if (optional && !reachable(value, k)) return false;
        const place = extend(at, k, value);
        return emit(get(value, k, env.evaluation.budget), place);
      }),
    );
  const [oneTarget, oneKey] = [target.one, key.one];
  if (optional || oneTarget === undefined || oneKey === undefined) return { run };
  return { run, one: (input, env) => get(oneTarget(input, env), oneKey(input, env), env.evaluation.budget) };
}

/** `target.name`, by far the most frequent node. */
function field(target: Filter, name: string, optional: boolean): Filter {
  const run: Filter['run'] = (input, path, env, emit) =>
    target.run(input, path, env, (value, at) => {
      if (optional && !canGet(value, name)) return false;
      const place = extend(at, name, value);
      return emit(read(value, name), place);
    });
  const { one } = target;
  if (optional || one === undefined) return { run };
  if (target === IDENTITY) return { run, one: (input) => read(input, name) };
  return { run, one: (input, env) => read(one(input, env), name) };
}

function read(value: unknown, name: string): unknown {
  return isObject(value) ? member(value, name) : get(value, name);
}

/** `target[from:to]`; its path key is `{"start": from, "end": to}`. */
export function compileSlice(node: NodeOf<'slice'>, scope: Scope): Filter {
  const target = scope.compile(node.target);
  const from = node.from === null ? NULL : scope.compile(node.from);
  const to = node.to === null ? NULL : scope.compile(node.to);
  const { optional } = node;
  return {
    run: (input, path, env, emit) =>
      each(from, input, env, (start) =>
        each(to, input, env, (end) =>
          target.run(input, path, env, (value, at) => {
            if (optional && !sliceable(value, start, end)) return false;
            const place = extend(at, { start, end }, value);
            return emit(cut(value, start, end, env), place);
          }),
        ),
      ),
  };
}

const NULL: Filter = { one: () => null, run: (_input, path, _env, emit) => emit(null, path) };

function cut(value: unknown, start: unknown, end: unknown, env: Env): unknown {
  if (isArray(value)) env.evaluation.budget.elements(value.length);
  else if (typeof value === 'string') env.evaluation.budget.characters(value.length);
  return slice(value, start, end);
}

/** `target[]`: the elements of an array or the members of an object. */
export function compileIterate(node: NodeOf<'iterate'>, scope: Scope): Filter {
  const target = scope.compile(node.target);
  const { optional } = node;
  return {
    run: (input, path, env, emit) =>
      target.run(input, path, env, (value, at) => iterate(value, at, env, emit, optional)),
  };
}

/** False where `value[key]` raises; the rare keys are tried out. */
function reachable(value: unknown, key: unknown): boolean {
  return canGet(value, key) || succeeds(() => get(value, key));
}

function sliceable(value: unknown, start: unknown, end: unknown): boolean {
  return succeeds(() => slice(value, start, end));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof JqError) return false;
    throw error;
  }
}
