import type { Finding } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { type Context, tellAt } from '../context.ts';
import { isExpression } from '../expressions.ts';
import type { Path } from '../walk.ts';

/** A path of jq, or a variable that every run has, alone: nobody means that as text. */
const COMPUTED = /^(?:\.[A-Za-z_]\w*|\$(?:context|input|output|workflow|task|secrets)\b)(?:\.\w+|\[[\w"-]*\])*$/;
/** Ends of file names, which look the same. */
const FILE_ENDING = /^\.[a-z]{2,5}\d?$/;

/** Where a task makes data, or hands it over, and a value without `${ }` is text. */
const PLACES = [['with'], ['set'], ['input', 'from'], ['output', 'as'], ['export', 'as']] as const;

/** Values that look like an expression and are text, because `${ }` is missing: a warning. */
export function checkLooksComputed(context: Context): Finding[] {
  const { definition } = context.loaded;
  const whole = { path: [] as Path, part: { input: definition.input, output: definition.output } };
  const tasks = context.places.map(({ path, task }) => ({ path, part: task }));
  return [whole, ...tasks].flatMap(({ path, part }) =>
    PLACES.flatMap((place) => {
      const value = place.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), part);
      // Alone, a text is an expression there already, or the function's own shape speaks of it.
      return isObject(value) ? textsIn(context, [...path, ...place], value) : [];
    }),
  );
}

function textsIn(context: Context, path: Path, value: unknown): Finding[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(context, [...path, index], one));
  if (isObject(value)) return Object.entries(value).flatMap(([key, one]) => textsIn(context, [...path, key], one));
  if (typeof value !== 'string' || isExpression(value)) return [];
  if (!COMPUTED.test(value) || FILE_ENDING.test(value)) return [];
  const message = `"${value}" is text here, it is not computed`;
  const hint = `write '\${ ${value} }', or leave it where text is meant`;
  return [tellAt(context, path, { rule: 'expression/text', severity: 'warning', message, hint })];
}
