import { JqSyntaxError } from '../errors.ts';
import { builtinNames, definedBuiltin, nativeBuiltin } from '../builtins/registry.ts';
import type { FunctionDefinition, NodeOf } from '../syntax/ast.ts';
import { bind, each, enter, hop, single, type Closure, type Env, type Filter } from './filter.ts';
import { Scope, type Findings, type FunctionTarget } from './scope.ts';
import { suggest } from './suggest.ts';

/** Finds the environment a function was defined in, from where it is called. */
type FindDefinition = (env: Env) => Env;

/** `def name(parameters): …; body` */
export function compileDefinition(node: NodeOf<'define'>, scope: Scope): Filter {
  const target = newTarget(node.definition);
  const visible = scope.function(node.definition.name, target);
  compileBody(node.definition, target, visible);
  return visible.compile(node.body);
}

/** A call: of a parameter, of a function defined in the program, or of a builtin. */
export function compileCall(node: NodeOf<'call'>, scope: Scope): Filter {
  const { name } = node;
  const binding = scope.find(['closure', 'parameter', 'function'], name, node.args.length);
  const simple = node.args.length === 0 && binding !== null;
  if (simple && binding.kind === 'closure') return callClosure(scope.depth - binding.depth);
  if (simple && binding.kind === 'parameter') {
    const hops = scope.depth - binding.depth;
    return single((_input, env) => hop(env, hops).value);
  }
  const args = node.args.map((arg) => scope.compile(arg));
  if (binding?.kind === 'function') {
    const hops = scope.depth - binding.depth;
    return callFunction(binding.target, args, (env) => hop(env, hops));
  }
  return callBuiltin(node, args, scope);
}

function callBuiltin(node: NodeOf<'call'>, args: readonly Filter[], scope: Scope): Filter {
  const key = `${node.name}/${args.length}`;
  const native = nativeBuiltin(key, node.at);
  if (native !== null) return native(args);
  const defined = definedBuiltin(key);
  if (defined !== null)
    return callFunction(builtinTarget(key, defined, scope.findings.compile), args, (env) => env.evaluation.root);
  const known = [...scope.functionNames(), ...builtinNames()];
  const sameName = known.filter((other) => other.startsWith(`${node.name}/`)).map(argumentsOf);
  const hint =
    sameName.length > 0 ? `It takes ${sameName.join(' or ')}.` : suggest(node.name, [...new Set(known.map(nameOf))]);
  throw new JqSyntaxError(`There is no function ${node.name} with ${argumentsOf(key)}.`, node.at, hint);
}

/** Functions of the prelude compiled so far: they are the same for every program. */
const BUILTIN_TARGETS = new Map<string, FunctionTarget>();

function builtinTarget(key: string, definition: FunctionDefinition, compile: Findings['compile']): FunctionTarget {
  const known = BUILTIN_TARGETS.get(key);
  if (known !== undefined) return known;
  const target = newTarget(definition);
  BUILTIN_TARGETS.set(key, target);
  compileBody(definition, target, new Scope({ compile, free: new Set(), given: null }));
  return target;
}

function newTarget(definition: FunctionDefinition): FunctionTarget {
  return { byValue: definition.parameters.map(({ byValue }) => byValue), body: null };
}

/** The environment of a body: one place for the call itself, then the parameters. */
function compileBody(definition: FunctionDefinition, target: FunctionTarget, scope: Scope): void {
  let inner = scope.anonymous();
  for (const { name, byValue } of definition.parameters) inner = byValue ? inner.parameter(name) : inner.closure(name);
  target.body = inner.compile(definition.body);
}

function callFunction(target: FunctionTarget, args: readonly Filter[], find: FindDefinition): Filter {
  const run: Filter['run'] = (input, path, env, emit) =>
    bindArguments(target, args, 0, input, env, enter(find(env), env), (frame) =>
      bodyOf(target).run(input, path, frame, emit),
    );
  const one = target.body?.one;
  if (one === undefined || !args.every((arg, i) => target.byValue[i] === false || arg.one !== undefined))
    return { run };
  return {
    run,
    one(input, env) {
      let output: unknown;
      bindArguments(target, args, 0, input, env, enter(find(env), env), (frame) => {
        output = one(input, frame);
        return true;
      });
      return output;
    },
  };
}

/** Binds the arguments from the first on: programs as closures, values once for each output of theirs. */
function bindArguments(
  target: FunctionTarget,
  args: readonly Filter[],
  at: number,
  input: unknown,
  env: Env,
  frame: Env,
  then: (frame: Env) => boolean,
): boolean {
  const filter = args[at];
  if (filter === undefined) return then(frame);
  if (target.byValue[at] !== true) {
    const closure: Closure = { filter, env };
    return bindArguments(target, args, at + 1, input, env, bind(frame, closure), then);
  }
  return each(filter, input, env, (value) => bindArguments(target, args, at + 1, input, env, bind(frame, value), then));
}

function callClosure(hops: number): Filter {
  return {
    run(input, path, env, emit) {
      const { filter, env: defined } = hop(env, hops).value as Closure;
      env.evaluation.budget.step();
      return filter.run(input, path, defined, emit);
    },
  };
}

function bodyOf(target: FunctionTarget): Filter {
  if (target.body === null) throw new Error('a function runs only after it is compiled');
  return target.body;
}

function nameOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

function argumentsOf(key: string): string {
  const count = Number(key.slice(key.lastIndexOf('/') + 1));
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;
}
