import type { Pattern } from '../syntax/ast.ts';
import { get } from '../values/access.ts';
import { JqError } from '../errors.ts';
import { excerpt } from '../values/text.ts';
import { typeOf } from '../values/types.ts';
import { bind, each, type Env } from './filter.ts';
import type { Scope } from './scope.ts';

/** Takes a value apart into `slots`, and calls `next` for each way to do so (keys may have several outputs). */
export type Matcher = (value: unknown, env: Env, slots: unknown[], next: () => boolean) => boolean;

/** Names bound by any of the alternatives, each once; they are null where the matching one does not bind them. */
export function patternVariables(patterns: readonly Pattern[]): string[] {
  return [...new Set(patterns.flatMap(namesOf))];
}

/** Compiles a pattern; `names` gives the slot of each variable. */
export function compilePattern(pattern: Pattern, names: readonly string[], scope: Scope): Matcher {
  if (pattern.kind === 'variable') return storeIn(names.indexOf(pattern.name));
  const parts = pattern.kind === 'array' ? arrayParts(pattern, names, scope) : objectParts(pattern, names, scope);
  return (value, env, slots, next) => matchAll(parts, 0, value, env, slots, next);
}

/** Binds all slots. */
export function bindSlots(env: Env, slots: readonly unknown[]): Env {
  let bound = env;
  for (const slot of slots) bound = bind(bound, slot);
  return bound;
}

function storeIn(slot: number): Matcher {
  return (value, _env, slots, next) => {
    slots[slot] = value;
    return next();
  };
}

function matchAll(
  parts: readonly Matcher[],
  at: number,
  value: unknown,
  env: Env,
  slots: unknown[],
  next: () => boolean,
): boolean {
  const part = parts[at];
  if (part === undefined) return next();
  return part(value, env, slots, () => matchAll(parts, at + 1, value, env, slots, next));
}

function arrayParts(pattern: Extract<Pattern, { kind: 'array' }>, names: readonly string[], scope: Scope): Matcher[] {
  return pattern.items.map((item, i) => {
    const matcher = compilePattern(item, names, scope);
    return (value, env, slots, next) => matcher(get(value, i), env, slots, next);
  });
}

function objectParts(pattern: Extract<Pattern, { kind: 'object' }>, names: readonly string[], scope: Scope): Matcher[] {
  return pattern.entries.map((entry) => {
    const key = scope.compile(entry.key);
    const store = entry.variable === undefined ? null : storeIn(names.indexOf(entry.variable));
    const inner = entry.value === undefined ? null : compilePattern(entry.value, names, scope);
    return (value, env, slots, next) =>
      each(key, value, env, (k) => {
        if (typeof k !== 'string') throw new JqError(`Cannot index ${typeOf(value)} with ${typeOf(k)} (${excerpt(k)})`);
        const found = get(value, k);
        const go = (): boolean => (inner === null ? next() : inner(found, env, slots, next));
        return store === null ? go() : store(found, env, slots, go);
      });
  });
}

function namesOf(pattern: Pattern): string[] {
  if (pattern.kind === 'variable') return [pattern.name];
  if (pattern.kind === 'array') return pattern.items.flatMap(namesOf);
  return pattern.entries.flatMap(({ variable, value }) => [
    ...(variable === undefined ? [] : [variable]),
    ...(value === undefined ? [] : namesOf(value)),
  ]);
}
