import { z } from 'zod';

type Pick = (value: unknown) => z.ZodType | undefined;
type Expected = string | ((value: unknown) => string);
type ChoiceDef = z.core.$ZodUnionDef & { pick: Pick; expected: Expected };

/** A zod type of its own, so that it stays what it is when zod clones it (`meta`, `refine`). */
const Choice = z.core.$constructor<z.ZodUnion, ChoiceDef>('Choice', (inst, def) => {
  z.ZodUnion.init(inst, def);
  inst._zod.parse = (payload, context) => {
    const option = def.pick(payload.value);
    if (option) return option._zod.run(payload, context);
    const expected = typeof def.expected === 'string' ? def.expected : def.expected(payload.value);
    payload.issues.push({ code: 'custom', input: payload.value, inst, message: `expected ${expected}` });
    return payload;
  };
});

/**
 * A union whose branch is picked by looking at the value, before anything is validated. Errors are then about that
 * branch only ("unknown property of this http call"), never a list of everything the value is not; and a deep tree is
 * validated once instead of once per branch.
 *
 * In types and in the generated JSON Schema it is an ordinary union. `pick` returns the branch, or undefined when the
 * value fits none, which is told as `expected` ("a task: call, do, emit …").
 */
export function choose<const T extends readonly z.ZodType[]>(
  options: T,
  pick: (value: unknown) => T[number] | undefined,
  expected: Expected,
): z.ZodUnion<T> {
  return new Choice({ type: 'union', options: [...options], inclusive: true, pick, expected }) as z.ZodUnion<T>;
}

/** True for a JSON object (not null, not a list). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text, or an object of the given schema. */
export function textOr<O extends z.ZodType, S extends z.ZodType>(text: S, object: O, expected: string) {
  return choose(
    [text, object],
    (value) => (typeof value === 'string' ? text : isObject(value) ? object : undefined),
    expected,
  );
}

/** An object of which exactly one of the branches' keys is present; that key picks the branch. */
export function byKey<S extends z.ZodType>(branches: Readonly<Record<string, S>>, expected: string) {
  const entries = Object.entries(branches);
  const present = (value: unknown) => (isObject(value) ? entries.filter(([key]) => key in value) : []);
  return choose(
    entries.map(([, schema]) => schema),
    (value) => (present(value).length === 1 ? present(value)[0]?.[1] : undefined),
    (value) => {
      const keys = present(value).map(([key]) => `"${key}"`);
      return keys.length > 1 ? `${expected}; only one of ${keys.join(' and ')} can stand here` : expected;
    },
  );
}
