import { parseTemplate, expressionSource, soleExpression } from '../../core/expressions/template.ts';
import { compile } from '../../packages/jq/index.ts';
import { Fault, standardFault } from '../run/errors.ts';
import { errorText } from '../../core/model/errors.ts';

/**
 * Runtime expression arguments by their names without `$` (DSL "Runtime expression arguments"): `context`, `input`,
 * `output`, `secrets`, `authorization`, `task`, `workflow`, `runtime`, and the variables of loops and catches.
 */
export type Arguments = Readonly<Record<string, unknown>>;

/** Evaluates expressions the way one definition asks for. */
export type Evaluator = {
  /** First result of an expression that may stand without `${ }`; null where it has none. */
  expression(source: string, input: unknown, args: Arguments): unknown;
  /** The same as a condition: false and null are false, all else is true, as in jq. */
  condition(source: string, input: unknown, args: Arguments): boolean;
  /** A value of the definition with every `${ }` in it evaluated, at any depth. */
  value(value: unknown, input: unknown, args: Arguments): unknown;
  /** `input.from`, `output.as`, `export.as`: an expression with or without `${ }`, or an object with some inside. */
  transformation(value: unknown, input: unknown, args: Arguments): unknown;
};

/**
 * `strict` takes only `${ }` as expressions; `loose` tries any text and keeps it where it is no expression (DSL
 * "Evaluate"). `secrets`: the names that the definition declares; reading another is refused, not null.
 */
export function createEvaluator(mode: 'strict' | 'loose', secrets: readonly string[]): Evaluator {
  const expression = (source: string, input: unknown, args: Arguments): unknown => {
    const program = expressionSource(source);
    refuseUndeclaredSecrets(program, secrets);
    try {
      return compile(program).first(input, args) ?? null;
    } catch (error) {
      throw standardFault('expression', `${program}: ${errorText(error)}`, error);
    }
  };
  const text = (source: string, input: unknown, args: Arguments): unknown => {
    const sole = soleExpression(source);
    if (sole !== undefined) return expression(sole, input, args);
    if (source.includes('${')) return interpolate(source, (part) => expression(part, input, args));
    return mode === 'loose' ? orText(source, () => expression(source, input, args)) : source;
  };
  const value = (raw: unknown, input: unknown, args: Arguments): unknown => {
    if (typeof raw === 'string') return text(raw, input, args);
    if (Array.isArray(raw)) return raw.map((item) => value(item, input, args));
    if (typeof raw !== 'object' || raw === null) return raw;
    return Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, value(item, input, args)]));
  };
  return {
    expression,
    value,
    condition: (source, input, args) => isTrue(expression(source, input, args)),
    transformation: (raw, input, args) =>
      typeof raw === 'string' ? expression(raw, input, args) : value(raw, input, args),
  };
}

/** jq's truth. */
export function isTrue(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined;
}

/** Text around expressions: texts go in as they are, other values as JSON. */
function interpolate(source: string, evaluate: (part: string) => unknown): string {
  return parseTemplate(source)
    .map((part) => ('text' in part ? part.text : asText(evaluate(part.expression))))
    .join('');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function orText(source: string, evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof Fault) return source;
    throw error;
  }
}

const SECRET_READ = /\$secrets\s*(?:\.\s*([A-Za-z_]\w*)|\.?\s*\[?\s*"([^"\\]+)")/g;

/** DSL "Secret": reading one without the right to it is an error of type `authorization`, where jq would give null. */
function refuseUndeclaredSecrets(program: string, declared: readonly string[]): void {
  if (!program.includes('$secrets')) return;
  for (const [, plain, quoted] of program.matchAll(SECRET_READ)) {
    const name = plain ?? quoted ?? '';
    if (!declared.includes(name)) {
      throw standardFault('authorization', `secret "${name}" is not declared: add it to use.secrets`);
    }
  }
}
