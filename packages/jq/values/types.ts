import { JqError } from '../errors.ts';

/** A JSON object. Its keys are data of strangers: read with {@link member}, write with {@link put}. */
export type JsonObject = Record<string, unknown>;
/** jq's names of the kinds of values. */
export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** True for an object that is not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an array; narrower than `Array.isArray`, which gives `any[]`. */
export function isArray(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** jq's truth: all but null and false. */
export function isTrue(value: unknown): boolean {
  return value !== null && value !== false && value !== undefined;
}

/** The kind of a value; `undefined` is taken for null, and what JSON cannot hold is refused. */
export function typeOf(value: unknown): TypeName {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return 'null';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'array' : 'object';
    default:
      throw new JqError(`A ${typeof value} is not a JSON value`);
  }
}

/** A member of an object, null where it has none; never what the prototype has. */
export function member(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

/** Sets a member; `__proto__` becomes a member like any other instead of changing the prototype. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
