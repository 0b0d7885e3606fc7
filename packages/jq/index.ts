import { type Budget, MAX_CACHED_PROGRAMS, MAX_CALL_DEPTH, MAX_OUTPUTS, MAX_SYNTAX_DEPTH } from './bounds.ts';
import { JqBoundError } from './errors.ts';
import { compileNode } from './evaluation/compile.ts';
import { rootEnv, type Env, type Filter } from './evaluation/filter.ts';
import { Scope } from './evaluation/scope.ts';
import { parse } from './syntax/parser.ts';
import { measure } from './values/measure.ts';

export { JqBoundError, JqError, JqSyntaxError } from './errors.ts';
export type { Node } from './syntax/ast.ts';
export { parse } from './syntax/parser.ts';
export { readJsonValues } from './values/json-stream.ts';
export { toJson } from './values/text.ts';

/** Values of variables, without the `$`. `now`, in seconds since 1970, is what the function `now` answers. */
export type Variables = Readonly<Record<string, unknown>>;

/** What is known before a program runs. */
export interface CompileOptions {
  /** The variables there will be, without the `$`: any other is refused. Where absent, none is. */
  readonly variables?: readonly string[];
}

/** A jq program, ready to run any number of times. It changes neither itself nor its input. */
export class Program {
  readonly source: string;
  /** Variables that the program needs and does not bind itself, without the `$`. */
  readonly variables: ReadonlySet<string>;
  private readonly filter: Filter;

  constructor(source: string, filter: Filter, variables: ReadonlySet<string>) {
    this.source = source;
    this.filter = filter;
    this.variables = variables;
  }

  /**
   * All outputs for a JSON value; they may share parts with it. Throws JqError where the program raises one, and
   * JqBoundError where it exceeds a bound of `bounds.ts`.
   */
  run(input: unknown, variables: Variables = {}): unknown[] {
    const outputs: unknown[] = [];
    this.each(input, variables, (value) => outputs.push(value));
    return outputs;
  }

  /** Hands each output to `take` as it comes, so that those before an error are not lost. Throws as `run` does. */
  each(input: unknown, variables: Variables, take: (output: unknown) => void): void {
    let count = 0;
    this.start(input, variables, (value, budget) => {
      if (count++ === MAX_OUTPUTS) {
        throw new JqBoundError('outputs', MAX_OUTPUTS, `The program has more than ${MAX_OUTPUTS} outputs.`);
      }
      measure(value, budget);
      take(value ?? null);
      return false;
    });
  }

  /** The first output, or undefined where there is none; what would come after it is not evaluated. */
  first(input: unknown, variables: Variables = {}): unknown {
    let first: unknown;
    this.start(input, variables, (value, budget) => {
      measure(value, budget);
      first = value ?? null;
      return true;
    });
    return first;
  }

  private start(input: unknown, variables: Variables, take: (value: unknown, budget: Budget) => boolean): void {
    const env = rootEnv(variables);
    try {
      this.evaluate(input ?? null, env, (value) => take(value, env.evaluation.budget));
    } catch (error) {
      // The call depth bounds what programs may nest; deep data in deep calls can still exhaust the stack first.
      if (!(error instanceof RangeError)) throw error;
      throw new JqBoundError('depth', MAX_CALL_DEPTH, 'The program nests too deeply.');
    }
  }

  private evaluate(input: unknown, env: Env, take: (value: unknown) => boolean): void {
    const { one } = this.filter;
    if (one === undefined) this.filter.run(input, undefined, env, take);
    else take(one(input, env));
  }
}

/** Programs compiled before, the one used longest ago first. */
const cache = new Map<string, Program>();

/**
 * Compiles a jq program, or takes it from the cache. Throws JqSyntaxError for what is not jq, for unknown functions,
 * and for unknown variables where `options.variables` names the known ones.
 */
export function compile(source: string, options: CompileOptions = {}): Program {
  // A NUL stands in no program, so that the two parts cannot run into one another.
  const key = options.variables === undefined ? source : `${[...options.variables].sort().join(' ')}\u0000${source}`;
  const known = cache.get(key);
  if (known !== undefined) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const program = compileAnew(source, options);
  cache.set(key, program);
  if (cache.size > MAX_CACHED_PROGRAMS) cache.delete(cache.keys().next().value ?? '');
  return program;
}

function compileAnew(source: string, options: CompileOptions): Program {
  const free = new Set<string>();
  const given = options.variables === undefined ? null : new Set(options.variables);
  try {
    return new Program(source, compileNode(parse(source), new Scope({ compile: compileNode, free, given })), free);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JqBoundError('program', MAX_SYNTAX_DEPTH, 'The program is nested too deeply.');
  }
}
