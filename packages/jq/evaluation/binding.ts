import type { NodeOf, Pattern } from '../syntax/ast.ts';
import { IDENTITY } from './basic.ts';
import { guarded } from './guard.ts';
import { bind, each, NO_PATH, type Emit, type Env, type Filter, type Track } from './filter.ts';
import { bindSlots, compilePattern, patternVariables } from './patterns.ts';
import type { Scope } from './scope.ts';

/** Runs `then` in the environment with the variables of the patterns bound, once for each way they match. */
type Bind = (value: unknown, env: Env, emit: Emit, then: (env: Env, emit: Emit) => boolean) => boolean;

/** `source as patterns | body` */
export function compileBinding(node: NodeOf<'bind'>, scope: Scope): Filter {
  const source = scope.compile(node.source);
  const { binder, inner } = compileBinder(node.patterns, scope);
  const body = inner.compile(node.body);
  const run: Filter['run'] = (input, path, env, emit) =>
    each(source, input, env, (value) =>
      binder(value, env, emit, (bound, guard) => body.run(input, path, bound, guard)),
    );
  const [from, to] = [source.one, body.one];
  if (!isPlain(node.patterns) || from === undefined || to === undefined) return { run };
  return { run, one: (input, env) => to(input, bind(env, from(input, env))) };
}

/** `reduce` and `foreach`: the state goes through `update` for each output of the source. */
export function compileFold(node: NodeOf<'reduce'> | NodeOf<'foreach'>, scope: Scope): Filter {
  const source = scope.compile(node.source);
  const init = scope.compile(node.init);
  const { binder, inner } = compileBinder(node.patterns, scope);
  const update = inner.compile(node.update);
  const fold = { source, binder, update };
  if (node.kind === 'foreach') {
    const extract = node.extract === null ? IDENTITY : inner.compile(node.extract);
    return {
      run: (input, path, env, emit) =>
        init.run(input, path, env, (state, at) => foreach(fold, extract, input, env, { state, at }, emit)),
    };
  }
  const run: Filter['run'] = (input, path, env, emit) =>
    init.run(input, path, env, (state, at) => {
      const end = reduce(fold, input, env, { state, at });
      return emit(end.state, end.at);
    });
  const { one } = init;
  if (one === undefined) return { run };
  return { run, one: (input, env) => reduce(fold, input, env, { state: one(input, env), at: undefined }).state };
}

interface Fold {
  readonly source: Filter;
  readonly binder: Bind;
  readonly update: Filter;
}
interface State {
  state: unknown;
  at: Track;
}

/** The state after all; the last output of an update counts, and null where it has none (jq 1.7). */
function reduce({ source, binder, update }: Fold, input: unknown, env: Env, current: State): State {
  each(source, input, env, (value) => {
    env.evaluation.budget.step();
    return binder(value, env, ignore, (bound) => {
      const { state, at } = current;
      if (update.one !== undefined && at === undefined) {
        current.state = update.one(state, bound);
        return false;
      }
      clear(current);
      return update.run(state, at, bound, (next, place) => {
        current.state = next;
        current.at = place;
        return false;
      });
    });
  });
  return current;
}

function foreach(fold: Fold, extract: Filter, input: unknown, env: Env, current: State, emit: Emit): boolean {
  return each(fold.source, input, env, (value) => {
    env.evaluation.budget.step();
    return fold.binder(value, env, emit, (bound, guard) => {
      const { state, at } = current;
      clear(current);
      return fold.update.run(state, at, bound, (next, place) => {
        current.state = next;
        current.at = place;
        return extract.run(next, place, bound, guard);
      });
    });
  });
}

function clear(current: State): void {
  current.state = null;
  if (current.at !== undefined) current.at = NO_PATH;
}

function ignore(): boolean {
  return false;
}

function isPlain(patterns: readonly Pattern[]): boolean {
  return patterns.length === 1 && patterns[0]?.kind === 'variable';
}

/**
 * Compiles what follows `as`. With `?//` an error in one alternative, or in the body while it holds, goes on to the
 * next; the last one's error stands.
 */
function compileBinder(patterns: readonly Pattern[], scope: Scope): { binder: Bind; inner: Scope } {
  const names = patternVariables(patterns);
  const inner = names.reduce((outer, name) => outer.variable(name), scope);
  if (isPlain(patterns)) return { inner, binder: (value, env, emit, then) => then(bind(env, value), emit) };
  const matchers = patterns.map((pattern) => compilePattern(pattern, names, scope));
  const attempt = (
    at: number,
    value: unknown,
    env: Env,
    emit: Emit,
    then: (env: Env, emit: Emit) => boolean,
  ): boolean => {
    const slots: unknown[] = names.map(() => null);
    const matcher = matchers[at];
    if (matcher === undefined) return false;
    const match = (guard: Emit): boolean => matcher(value, env, slots, () => then(bindSlots(env, slots), guard));
    if (at === matchers.length - 1) return match(emit);
    return guarded(match, emit, () => attempt(at + 1, value, env, emit, then));
  };
  return { inner, binder: (value, env, emit, then) => attempt(0, value, env, emit, then) };
}
