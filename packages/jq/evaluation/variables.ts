import { JqError, JqSyntaxError } from '../errors.ts';
import type { NodeOf } from '../syntax/ast.ts';
import { suggest } from './suggest.ts';
import { hop, single, type Filter } from './filter.ts';
import type { Scope } from './scope.ts';

/** `$name`: bound in the program, or given by the caller. `$ENV` is empty: a workflow has no environment. */
export function compileVariable(node: NodeOf<'variable'>, scope: Scope): Filter {
  const { name } = node;
  const binding = scope.find(['variable'], name);
  if (binding !== null) {
    const hops = scope.depth - binding.depth;
    return single((_input, env) => hop(env, hops).value);
  }
  if (name === 'ENV') return single(() => ({}));
  const { free, given } = scope.findings;
  if (given !== null && !given.has(name)) {
    throw new JqSyntaxError(
      `The variable $${name} is not defined.`,
      node.at,
      suggest(
        `$${name}`,
        [...given].map((other) => `$${other}`),
      ),
    );
  }
  free.add(name);
  return single((_input, env) => {
    const { variables } = env.evaluation;
    if (!Object.hasOwn(variables, name)) throw new JqError(`$${name} is not defined`);
    return variables[name] ?? null;
  });
}
