import { parseTemplate, soleExpression } from '../../expressions/template.ts';
import { isObject } from '../schema/choose.ts';
import type { Context } from './context.ts';
import { errorVariables, innerLists, iteratorOf, iteratorVariables, loopVariables } from './lists.ts';
import type { Path, Place } from './walk.ts';

/** One jq program of a definition. */
export type Expression = {
  path: Path;
  /** The text as the definition has it, and the program in it. */
  text: string;
  program: string;
  variables: readonly string[];
};

/** Where the DSL takes an expression with or without `${ }`; pointers relative to the task or the definition. */
const BARE = [
  /^\/(if|while|set)$/,
  /^\/for\/in$/,
  /^(\/foreach|\/with\/subscription\/foreach)?\/(input\/from|output\/as|export\/as)$/,
  /^\/switch\/\d+\/[^/]+\/when$/,
  /^\/catch\/(retry\/)?(when|exceptWhen)$/,
  /^\/listen\/to\/until$/,
  /^(\/listen\/to|\/schedule\/on)\/.*\/correlate\/[^/]+\/from$/,
  /^\/schedule\/on\/until$/,
  /^\/use\/retries\/[^/]+\/(when|exceptWhen)$/,
  /^\/use\/extensions\/\d+\/[^/]+\/when$/,
];

/** Data about the definition, JSON Schemas and program text: no expressions there, whatever they look like. */
const LITERAL =
  /^(\/document|\/metadata|(\/foreach|\/with\/subscription\/foreach)?\/(input|output|export)\/schema|\/run\/script\/code)$/;

/** Every expression of the definition, task by task, then those outside the tasks. */
export function expressionsOf(context: Context): Expression[] {
  const found: Expression[] = [];
  for (const place of context.places) collect(found, place.path, place.task, taskScan(place));
  const { do: _do, use, ...rest } = context.loaded.definition;
  collect(found, [], rest, { skip: new Set(), variables: () => [] });
  const { functions: _functions, ...components } = use ?? {};
  const lists = new Set(context.lists.map((list) => list.path.join('/')));
  const skip = new Set([...lists].map((path) => `/${path}`));
  collect(
    found,
    [],
    { use: components },
    { skip, variables: (at) => (at.startsWith('/use/retries/') ? ['error'] : []) },
  );
  return found;
}

type Scan = {
  /** Relative pointers of parts that are visited on their own. */
  skip: ReadonlySet<string>;
  variables: (at: string) => readonly string[];
};

function taskScan({ task, variables }: Place): Scan {
  const skip = new Set(innerLists(task).map((list) => `/${list.path.join('/')}`));
  const extra = (at: string): string[] => {
    if ('for' in task && at === '/while') return loopVariables(task.for);
    if ('try' in task && at.startsWith('/catch/')) return errorVariables(task.catch);
    const iterated = iteratorOf(task);
    if (iterated && at.startsWith(`${iterated.at}/`)) return iteratorVariables(iterated.iterator);
    return [];
  };
  return { skip, variables: (at) => [...variables, ...extra(at)] };
}

function collect(found: Expression[], base: Path, root: unknown, scan: Scan): void {
  const visit = (value: unknown, path: Path): void => {
    const at = path.map((part) => `/${String(part)}`).join('');
    if (scan.skip.has(at) || LITERAL.test(at)) return;
    if (typeof value === 'string') {
      for (const program of programsIn(
        value,
        BARE.some((pattern) => pattern.test(at)),
      )) {
        found.push({ path: [...base, ...path], text: value, program, variables: scan.variables(at) });
      }
    } else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(root, []);
}

/** The programs in a text: the whole where `${ }` may be left out, else each `${ … }`. */
function programsIn(text: string, bare: boolean): string[] {
  const sole = soleExpression(text);
  if (sole !== undefined) return [sole];
  if (bare) return [text.trim()];
  return parseTemplate(text).flatMap((part) => ('expression' in part ? [part.expression] : []));
}

/** True for a value that is computed when the run is there: nothing can be said about it before. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && parseTemplate(value).some((part) => 'expression' in part);
}
