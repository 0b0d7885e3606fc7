import { JqError } from '../errors.ts';
import { isNull } from '../values/access.ts';
import { excerpt } from '../values/text.ts';
import { isArray, isObject, member, typeOf } from '../values/types.ts';
import { extend, NO_PATH, type Emit, type Env, type Track } from './filter.ts';

/** Emits what is in `value`; raises where it is neither array nor object, unless optional. */
export function iterate(value: unknown, path: Track, env: Env, emit: Emit, optional: boolean): boolean {
  if (path === NO_PATH) throw new JqError(`Invalid path expression near attempt to iterate through ${excerpt(value)}`);
  const { budget } = env.evaluation;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      budget.step();
      if (emit(value[i] ?? null, extend(path, i, value))) return true;
    }
    return false;
  }
  if (isObject(value)) {
    for (const key of Object.keys(value)) {
      budget.step();
      if (emit(member(value, key), extend(path, key, value))) return true;
    }
    return false;
  }
  if (optional) return false;
  const shown = isNull(value) ? '' : ` (${excerpt(value)})`;
  throw new JqError(`Cannot iterate over ${typeOf(value)}${shown}`);
}
