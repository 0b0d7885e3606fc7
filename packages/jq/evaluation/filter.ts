import { MAX_CALL_DEPTH, Budget } from '../bounds.ts';
import { JqBoundError, JqError } from '../errors.ts';
import { excerpt } from '../values/text.ts';

/** Where a value stands in the value that path tracking began with: the last key, and the path before it. */
export interface Path {
  readonly up: Path | null;
  readonly key: unknown;
}

/** The path of length nought. */
export const ROOT: Path = { up: null, key: null };
/** The mark of a value that stands nowhere (a literal, a sum); going on from there is an error. */
export const NO_PATH: Path = { up: null, key: null };

/** `undefined` where no paths are asked for, which costs nothing. */
export type Track = Path | undefined;

/** Takes one output; answers true when no more are wanted. */
export type Emit = (value: unknown, path: Track) => boolean;

/**
 * A compiled program. `run` hands each output to `emit` and answers true when `emit` wanted no more: outputs are
 * pushed, which in V8 is several times faster than generators and lets a consumer stop a producer.
 * `one` is there where the program has exactly one output for every input; then calling it is faster still.
 */
export interface Filter {
  run(input: unknown, path: Track, env: Env, emit: Emit): boolean;
  readonly one?: (input: unknown, env: Env) => unknown;
}

/** What one evaluation shares. */
export interface Evaluation {
  readonly budget: Budget;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly root: Env;
}

/** A chain of what is bound: variables, closures and labels. Immutable, so closures keep what they saw. */
export interface Env {
  readonly evaluation: Evaluation;
  readonly value: unknown;
  readonly up: Env | null;
  /** Calls of jq-defined functions this one is inside of. */
  readonly depth: number;
}

/** A program with the environment it was written in: what a function gets for a parameter without `$`. */
export interface Closure {
  readonly filter: Filter;
  readonly env: Env;
}

/** The environment of a new evaluation. */
export function rootEnv(variables: Readonly<Record<string, unknown>>): Env {
  const evaluation = { budget: new Budget(), variables, root: null as Env | null };
  const root: Env = { evaluation: evaluation as Evaluation, value: null, up: null, depth: 0 };
  evaluation.root = root;
  return root;
}

/** Binds one more value. */
export function bind(env: Env, value: unknown): Env {
  return { evaluation: env.evaluation, value, up: env, depth: env.depth };
}

/** The environment `hops` bindings before this one. */
export function hop(env: Env, hops: number): Env {
  let found = env;
  for (let i = 0; i < hops; i++) found = found.up as Env;
  return found;
}

/** The environment of a function's body before its parameters are bound; refuses endless recursion. */
export function enter(definition: Env, caller: Env): Env {
  const depth = caller.depth + 1;
  if (depth > MAX_CALL_DEPTH) {
    throw new JqBoundError('depth', MAX_CALL_DEPTH, `Functions call one another more than ${MAX_CALL_DEPTH} deep.`);
  }
  caller.evaluation.budget.step();
  return { evaluation: caller.evaluation, value: null, up: definition, depth };
}

/** The path one key further; raises jq's error where the value stands nowhere. */
export function extend(path: Track, key: unknown, input: unknown): Track {
  if (path === undefined) return undefined;
  if (path !== NO_PATH) return { up: path, key };
  throw new JqError(`Invalid path expression near attempt to access element ${excerpt(key)} of ${excerpt(input)}`);
}

/** The path of a computed value: nowhere, unless it is the input itself (jq's `path($x)` where `$x` is the input). */
export function computed(path: Track, input: unknown, output: unknown): Track {
  if (path === undefined) return undefined;
  return input === output && typeof output !== 'number' && typeof output !== 'string' ? path : NO_PATH;
}

/** The keys of a path from the first on. */
export function pathKeys(path: Path): unknown[] {
  const keys: unknown[] = [];
  for (let at = path; at.up !== null; at = at.up) keys.push(at.key);
  return keys.reverse();
}

/** A program with exactly one output, which stands nowhere in its input. */
export function single(one: (input: unknown, env: Env) => unknown): Filter {
  return {
    one,
    run(input, path, env, emit) {
      const output = one(input, env);
      return emit(output, computed(path, input, output));
    },
  };
}

/** Runs a program for its values alone. */
export function each(filter: Filter, input: unknown, env: Env, take: (value: unknown) => boolean): boolean {
  return filter.one === undefined ? filter.run(input, undefined, env, take) : take(filter.one(input, env));
}

/** All outputs of a program, as an array within the bounds. */
export function collect(filter: Filter, input: unknown, env: Env): unknown[] {
  if (filter.one !== undefined) return [filter.one(input, env)];
  const { budget } = env.evaluation;
  const outputs: unknown[] = [];
  filter.run(input, undefined, env, (value) => {
    outputs.push(value);
    budget.step();
    return false;
  });
  budget.elements(outputs.length);
  return outputs;
}
