import { JqSyntaxError } from '../errors.ts';
import type { FunctionDefinition } from '../syntax/ast.ts';
import { ARRAYS } from './arrays.ts';
import { CORE } from './core.ts';
import { ITERATION } from './iteration.ts';
import type { Native } from './native.ts';
import { NUMBERS } from './numbers.ts';
import { PATHS } from './paths.ts';
import { DATES } from './dates.ts';
import { PRELUDE } from './prelude.ts';
import { REGEX } from './regex.ts';
import { STRINGS } from './strings.ts';

const NATIVES = new Map<string, Native>(
  Object.entries({ ...CORE, ...ITERATION, ...PATHS, ...ARRAYS, ...STRINGS, ...NUMBERS, ...REGEX, ...DATES }),
);

/** Functions of jq that a workflow may not have, with the reason. */
const REFUSED = new Map<string, string>(
  Object.entries({
    'input/0': 'an expression has one input',
    'halt/0': 'an expression cannot end the process',
    'halt_error/0': 'an expression cannot end the process',
    'halt_error/1': 'an expression cannot end the process',
    'modulemeta/0': 'there are no modules',
    'get_search_list/0': 'there are no modules',
  }),
);

/** A builtin made of code, by "name/arity"; null where there is none. Throws JqSyntaxError for one that is refused. */
export function nativeBuiltin(key: string, at: number): Native | null {
  const reason = REFUSED.get(key);
  if (reason !== undefined) {
    throw new JqSyntaxError(`The function ${key.split('/')[0]} is not available: ${reason}.`, at, 'Do without it.');
  }
  return NATIVES.get(key) ?? null;
}

/** A builtin defined in jq; null where there is none. */
export function definedBuiltin(key: string): FunctionDefinition | null {
  return PRELUDE.get(key) ?? null;
}

/** All builtins as "name/arity". */
export function builtinNames(): string[] {
  return [...NATIVES.keys(), ...PRELUDE.keys()];
}
