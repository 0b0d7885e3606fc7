import { JqSyntaxError } from '../errors.ts';
import type { NodeOf } from '../syntax/ast.ts';
import { isTrue } from '../values/types.ts';
import { IDENTITY } from './basic.ts';
import { bind, each, hop, NO_PATH, type Filter } from './filter.ts';
import { guarded } from './guard.ts';
import type { Scope } from './scope.ts';

/** `if condition then … else … end`, once for each output of the condition. */
export function compileIf(node: NodeOf<'if'>, scope: Scope): Filter {
  const condition = scope.compile(node.condition);
  const then = scope.compile(node.then);
  const otherwise = node.otherwise === null ? IDENTITY : scope.compile(node.otherwise);
  const run: Filter['run'] = (input, path, env, emit) =>
    each(condition, input, env, (value) => (isTrue(value) ? then : otherwise).run(input, path, env, emit));
  const [test, yes, no] = [condition.one, then.one, otherwise.one];
  if (test === undefined || yes === undefined || no === undefined) return { run };
  return { run, one: (input, env) => (isTrue(test(input, env)) ? yes : no)(input, env) };
}

/** `left // right`: the true outputs of the left side; where there are none, the right side. Errors go on upwards. */
export function compileAlternative(node: NodeOf<'alternative'>, scope: Scope): Filter {
  const left = scope.compile(node.left);
  const right = scope.compile(node.right);
  const run: Filter['run'] = (input, path, env, emit) => {
    let found = false;
    const stopped = left.run(input, path, env, (value, at) => {
      if (!isTrue(value)) return false;
      found = true;
      return emit(value, at);
    });
    return stopped || (!found && right.run(input, path, env, emit));
  };
  const [first, second] = [left.one, right.one];
  if (first === undefined || second === undefined) return { run };
  return {
    run,
    one(input, env) {
      const value = first(input, env);
      return isTrue(value) ? value : second(input, env);
    },
  };
}

/** `try body catch handler`; without a handler an error just ends the body. */
export function compileTry(node: NodeOf<'try'>, scope: Scope): Filter {
  const body = scope.compile(node.body);
  const handler = node.handler === null ? null : scope.compile(node.handler);
  return {
    run: (input, path, env, emit) =>
      guarded(
        (guard) => body.run(input, path, env, guard),
        emit,
        (error) => handler !== null && handler.run(error.value, path === undefined ? path : NO_PATH, env, emit),
      ),
  };
}

/** Leaves the label it was made for; travels as an exception through everything between. */
class Break extends Error {}

/** `label $name | body` */
export function compileLabel(node: NodeOf<'label'>, scope: Scope): Filter {
  const body = scope.label(node.name).compile(node.body);
  return {
    run(input, path, env, emit) {
      const label = new Break('break');
      try {
        return body.run(input, path, bind(env, label), emit);
      } catch (error) {
        if (error !== label) throw error;
        return false;
      }
    },
  };
}

/** `break $name` */
export function compileBreak(node: NodeOf<'break'>, scope: Scope): Filter {
  const label = scope.find(['label'], node.name);
  if (label === null) {
    throw new JqSyntaxError(
      `There is no label $${node.name} around this "break".`,
      node.at,
      `Write label $${node.name} | … before it.`,
    );
  }
  const hops = scope.depth - label.depth;
  return {
    run(_input, _path, env) {
      throw hop(env, hops).value as Break;
    },
  };
}
