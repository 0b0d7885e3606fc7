import { JqError } from '../errors.ts';
import { formatValue } from '../builtins/formats.ts';
import type { NodeOf, StringPart } from '../syntax/ast.ts';
import { excerpt, toText } from '../values/text.ts';
import { put, typeOf, type JsonObject } from '../values/types.ts';
import { literal } from './basic.ts';
import { collect, computed, each, single, type Env, type Filter } from './filter.ts';
import type { Scope } from './scope.ts';

/** `[body]` */
export function compileArray(node: NodeOf<'array'>, scope: Scope): Filter {
  if (node.body === null) return literal([]);
  const body = scope.compile(node.body);
  return single((input, env) => collect(body, input, env));
}

/** `{key: value, …}`: one object for each combination of keys and values, the first entry varying slowest. */
export function compileObject(node: NodeOf<'object'>, scope: Scope): Filter {
  const entries = node.entries.map((entry) => ({
    key: scope.compile(entry.key),
    value: scope.compile(entry.value),
  }));
  const keys = entries.map(({ key }) => key.one);
  const values = entries.map(({ value }) => value.one);
  if (keys.every((key) => key !== undefined) && values.every((value) => value !== undefined)) {
    return single((input, env) => {
      const object: JsonObject = {};
      for (let i = 0; i < keys.length; i++) put(object, keyOf(keys[i]?.(input, env)), values[i]?.(input, env));
      env.evaluation.budget.spend(keys.length);
      return object;
    });
  }
  const build = (
    object: JsonObject,
    at: number,
    input: unknown,
    env: Env,
    take: (value: unknown) => boolean,
  ): boolean => {
    const entry = entries[at];
    if (entry === undefined) return take(object);
    return each(entry.key, input, env, (key) =>
      each(entry.value, input, env, (value) => {
        env.evaluation.budget.spend(at + 1);
        const next = { ...object };
        put(next, keyOf(key), value);
        return build(next, at + 1, input, env, take);
      }),
    );
  };
  return {
    run: (input, path, env, emit) => build({}, 0, input, env, (object) => emit(object, computed(path, input, object))),
  };
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new JqError(`Object keys must be strings, not ${typeOf(key)} (${excerpt(key)})`);
}

/** A string with programs in it, or a format by itself. */
export function compileString(node: NodeOf<'string'> | NodeOf<'format'>, scope: Scope): Filter {
  if (node.kind === 'format') {
    const { name } = node;
    return single((input, env) => formatValue(name, input, env.evaluation.budget));
  }
  const parts = node.parts.map((part) => compilePart(part, node.format, scope));
  const ones = parts.map((part) => part.one);
  if (ones.every((one) => one !== undefined)) {
    return single((input, env) => {
      let text = '';
      for (const one of ones) text += String(one(input, env));
      env.evaluation.budget.characters(text.length);
      return text;
    });
  }
  // The last part varies slowest, as each part is added by an operator whose right side is evaluated first.
  const join = (at: number, tail: string, input: unknown, env: Env, take: (text: string) => boolean): boolean => {
    env.evaluation.budget.characters(tail.length);
    const part = parts[at];
    if (part === undefined) return take(tail);
    return each(part, input, env, (value) => join(at - 1, String(value) + tail, input, env, take));
  };
  return {
    run: (input, path, env, emit) =>
      join(parts.length - 1, '', input, env, (text) => emit(text, computed(path, input, text))),
  };
}

function compilePart(part: StringPart, format: string, scope: Scope): Filter {
  if (typeof part === 'string') return literal(part);
  const filter = scope.compile(part);
  const write = (value: unknown, env: Env): string =>
    format === 'text' ? toText(value) : formatValue(format, value, env.evaluation.budget);
  const { one } = filter;
  if (one !== undefined) return single((input, env) => write(one(input, env), env));
  return {
    run: (input, _path, env, emit) => filter.run(input, undefined, env, (value) => emit(write(value, env), undefined)),
  };
}
