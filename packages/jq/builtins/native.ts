import type { Budget } from '../bounds.ts';
import { computed, each, single, type Filter } from '../evaluation/filter.ts';

/** Makes the program of a call from the programs of its arguments. */
export type Native = (args: readonly Filter[]) => Filter;
/** Natives by "name/arity". */
export type NativeTable = Readonly<Record<string, Native>>;

/** A function of the input alone. */
export function unary(compute: (input: unknown, budget: Budget) => unknown): Native {
  return () => single((input, env) => compute(input, env.evaluation.budget));
}

/** A function of the input and values; the last argument varies slowest, as with jq's own natives. */
export function valued(compute: (input: unknown, values: readonly unknown[], budget: Budget) => unknown): Native {
  return (args) =>
    overValues(
      args,
      args.map((_, i) => args.length - 1 - i),
      compute,
    );
}

/** The same with the first argument varying slowest, as with functions defined by `def f($a; $b)`. */
export function bound(compute: (input: unknown, values: readonly unknown[], budget: Budget) => unknown): Native {
  return (args) =>
    overValues(
      args,
      args.map((_, i) => i),
      compute,
    );
}

/** The first of the arguments; a native is only called with as many as its name says. */
export function argument(args: readonly Filter[], at: number): Filter {
  const filter = args[at];
  if (filter === undefined) throw new Error('a native is called with as many arguments as its name says');
  return filter;
}

function overValues(
  args: readonly Filter[],
  order: readonly number[],
  compute: (input: unknown, values: readonly unknown[], budget: Budget) => unknown,
): Filter {
  const ones = args.map((arg) => arg.one);
  if (ones.every((one) => one !== undefined)) {
    return single((input, env) =>
      compute(
        input,
        ones.map((one) => one(input, env)),
        env.evaluation.budget,
      ),
    );
  }
  return {
    run(input, path, env, emit) {
      const values: unknown[] = [];
      const next = (step: number): boolean => {
        const at = order[step];
        if (at === undefined) {
          const output = compute(input, [...values], env.evaluation.budget);
          return emit(output, computed(path, input, output));
        }
        return each(argument(args, at), input, env, (value) => {
          values[at] = value;
          return next(step + 1);
        });
      };
      return next(0);
    },
  };
}
