import { single, type Filter } from './filter.ts';

/** `.` */
export const IDENTITY: Filter = {
  one: (input) => input,
  run: (input, path, _env, emit) => emit(input, path),
};

/** A constant. */
export function literal(value: unknown): Filter {
  return single(() => value);
}

/** `left | right` */
export function pipe(left: Filter, right: Filter): Filter {
  const first = left.one;
  const second = right.one;
  if (first !== undefined && second !== undefined) {
    return {
      one: (input, env) => second(first(input, env), env),
      run: (input, path, env, emit) =>
        path === undefined
          ? emit(second(first(input, env), env), undefined)
          : left.run(input, path, env, (value, at) => right.run(value, at, env, emit)),
    };
  }
  return {
    run: (input, path, env, emit) =>
      first !== undefined && path === undefined
        ? right.run(first(input, env), undefined, env, emit)
        : left.run(input, path, env, (value, at) => right.run(value, at, env, emit)),
  };
}

/** `left, right` */
export function comma(left: Filter, right: Filter): Filter {
  return {
    run: (input, path, env, emit) => left.run(input, path, env, emit) || right.run(input, path, env, emit),
  };
}
