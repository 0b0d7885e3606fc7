import { JqError } from '../errors.ts';
import { iterate } from '../evaluation/iterate.ts';
import { computed, each, single, type Emit, type Env, type Filter, type Track } from '../evaluation/filter.ts';
import { typeError } from '../values/text.ts';
import { isTrue } from '../values/types.ts';
import { argument, type NativeTable } from './native.ts';

/** Functions that generate, cut short or repeat. */
export const ITERATION: NativeTable = {
  'range/1': ([to]) => range(null, need(to), null),
  'range/2': ([from, to]) => range(need(from), need(to), null),
  'range/3': ([from, to, by]) => range(need(from), need(to), need(by)),
  'recurse/0': () => ({ run: (input, path, env, emit) => descend(input, path, env, emit) }),
  'recurse/1': ([step]) => repeated((input, path, env, emit) => need(step).run(input, path, env, emit)),
  'recurse/2': ([step, condition]) =>
    repeated((input, path, env, emit) =>
      need(step).run(input, path, env, (value, at) =>
        each(need(condition), value, env, (holds) => isTrue(holds) && emit(value, at)),
      ),
    ),
  'repeat/1': (args) => ({
    run(input, path, env, emit) {
      const body = argument(args, 0);
      for (;;) {
        env.evaluation.budget.step();
        if (body.run(input, path, env, emit)) return true;
      }
    },
  }),
  'while/2': ([condition, update]) => ({
    run: (input, path, env, emit) =>
      unfold(input, path, env, (value, at, push) =>
        each(
          need(condition),
          value,
          env,
          (holds) => isTrue(holds) && (emit(value, at) || need(update).run(value, at, env, push)),
        ),
      ),
  }),
  'until/2': ([condition, update]) => ({
    run: (input, path, env, emit) =>
      unfold(input, path, env, (value, at, push) =>
        each(need(condition), value, env, (holds) =>
          isTrue(holds) ? emit(value, at) : need(update).run(value, at, env, push),
        ),
      ),
  }),
  'limit/2': ([count, body]) => counted(need(count), need(body), 'limit', limit),
  'skip/2': ([count, body]) => counted(need(count), need(body), 'skip', skip),
  'first/1': ([body]) => ({
    run: (input, path, env, emit) => limit(1, need(body), input, path, env, emit),
  }),
  'nth/2': ([count, body]) => ({
    run: (input, path, env, emit) =>
      each(need(count), input, env, (n) => {
        if (typeof n !== 'number') throw typeError(n, 'is not a number');
        if (n < 0) throw new JqError("nth doesn't support negative indices");
        const rest: Filter = { run: (i, p, e, take) => skip(n, need(body), i, p, e, take) };
        return limit(1, rest, input, path, env, emit);
      }),
  }),
  'last/1': ([body]) => ({
    run(input, path, env, emit) {
      let found = false;
      let last: unknown;
      let place: Track;
      need(body).run(input, path, env, (value, at) => {
        env.evaluation.budget.step();
        [found, last, place] = [true, value, at];
        return false;
      });
      return found && emit(last, place);
    },
  }),
  'isempty/1': ([body]) => single((input, env) => !need(body).run(input, undefined, env, () => true)),
  'any/0': () => quantifier(null, null, true),
  'all/0': () => quantifier(null, null, false),
  'any/1': ([test]) => quantifier(null, need(test), true),
  'all/1': ([test]) => quantifier(null, need(test), false),
  'any/2': ([source, test]) => quantifier(need(source), need(test), true),
  'all/2': ([source, test]) => quantifier(need(source), need(test), false),
};

function need(filter: Filter | undefined): Filter {
  return argument(filter === undefined ? [] : [filter], 0);
}

function range(from: Filter | null, to: Filter, by: Filter | null): Filter {
  return {
    run: (input, path, env, emit) =>
      values(from, 0, input, env, (start) =>
        values(to, 0, input, env, (end) =>
          values(by, 1, input, env, (step) => {
            if (step === 0) return false;
            const { budget } = env.evaluation;
            for (let at = start; step > 0 ? at < end : at > end; at += step) {
              budget.step();
              if (emit(at, computed(path, input, at))) return true;
            }
            return false;
          }),
        ),
      ),
  };
}

function values(
  filter: Filter | null,
  otherwise: number,
  input: unknown,
  env: Env,
  take: (value: number) => boolean,
): boolean {
  if (filter === null) return take(otherwise);
  return each(filter, input, env, (value) => {
    if (typeof value !== 'number') throw new JqError('Range bounds must be numeric');
    return take(value);
  });
}

/** `recurse` without arguments: the value, then all in it, depth first. */
function descend(value: unknown, path: Track, env: Env, emit: Emit): boolean {
  env.evaluation.budget.step();
  if (emit(value, path)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return iterate(value, path, env, (item, at) => descend(item, at, env, emit), true);
}

function repeated(step: Filter['run']): Filter {
  return {
    run: (input, path, env, emit) =>
      unfold(input, path, env, (value, at, push) => emit(value, at) || step(value, at, env, push)),
  };
}

/**
 * Visits a value and, depth first, each that the visit pushes. The last value pushed is visited after the visit has
 * returned, so that a chain of any length (`until`, `while`, `recurse` of one output each) takes no stack.
 */
function unfold(
  input: unknown,
  path: Track,
  env: Env,
  visit: (value: unknown, path: Track, push: Emit) => boolean,
): boolean {
  let [value, at] = [input, path];
  for (;;) {
    env.evaluation.budget.step();
    let held: { value: unknown; at: Track } | null = null;
    let failure: Error | null = null;
    const push: Emit = (next, place) => {
      const previous = held;
      held = null;
      if (previous !== null && unfold(previous.value, previous.at, env, visit)) return true;
      held = { value: next, at: place };
      return false;
    };
    try {
      if (visit(value, at, push)) return true;
    } catch (error) {
      // What was pushed before an error comes before it.
      if (held === null || !(error instanceof JqError)) throw error;
      failure = error;
    }
    const last = held as { value: unknown; at: Track } | null;
    if (last === null) return false;
    if (failure !== null) {
      if (unfold(last.value, last.at, env, visit)) return true;
      throw failure;
    }
    [value, at] = [last.value, last.at];
  }
}

type Cut = (count: number, body: Filter, input: unknown, path: Track, env: Env, emit: Emit) => boolean;

function counted(count: Filter, body: Filter, name: string, cut: Cut): Filter {
  return {
    run: (input, path, env, emit) =>
      each(count, input, env, (n) => {
        if (typeof n !== 'number') throw typeError(n, 'is not a number');
        if (n < 0) throw new JqError(`${name} doesn't support negative count`);
        return cut(n, body, input, path, env, emit);
      }),
  };
}

function limit(count: number, body: Filter, input: unknown, path: Track, env: Env, emit: Emit): boolean {
  if (!(count > 0)) return false;
  let left = count;
  let stopped = false;
  body.run(input, path, env, (value, at) => {
    left--;
    stopped = emit(value, at);
    return stopped || left <= 0;
  });
  return stopped;
}

function skip(count: number, body: Filter, input: unknown, path: Track, env: Env, emit: Emit): boolean {
  let left = count;
  return body.run(input, path, env, (value, at) =>
    left > 0 ? ((left -= 1), left < 0 && emit(value, at)) : emit(value, at),
  );
}

function quantifier(source: Filter | null, test: Filter | null, deciding: boolean): Filter {
  return single((input, env) => {
    const check = (value: unknown): boolean =>
      test === null ? isTrue(value) === deciding : each(test, value, env, (holds) => isTrue(holds) === deciding);
    const decided = source === null ? iterate(input, undefined, env, check, false) : each(source, input, env, check);
    return decided ? deciding : !deciding;
  });
}
