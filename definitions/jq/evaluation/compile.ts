import type { Node } from '../syntax/ast.ts';
import { compileAssignment } from './assignment.ts';
import { compileBinding, compileFold } from './binding.ts';
import { compileCall, compileDefinition } from './calls.ts';
import { compileArray, compileObject, compileString } from './construct.ts';
import { compileAlternative, compileBreak, compileIf, compileLabel, compileTry } from './control.ts';
import { single, type Filter } from './filter.ts';
import { compileIndex, compileIterate, compileSlice } from './navigate.ts';
import { compileBinary, compileLogic, compileNegate } from './operators.ts';
import type { Scope } from './scope.ts';
import { compileVariable } from './variables.ts';

/** Turns a parsed program into one that runs; each node becomes a closure, nothing is interpreted again. */
export function compileNode(node: Node, scope: Scope): Filter {
  switch (node.kind) {
    case 'identity':
      return IDENTITY;
    case 'literal':
      return literal(node.value);
    case 'pipe':
      return pipe(compileNode(node.left, scope), compileNode(node.right, scope));
    case 'comma':
      return comma(compileNode(node.left, scope), compileNode(node.right, scope));
    case 'index':
      return compileIndex(node, scope);
    case 'slice':
      return compileSlice(node, scope);
    case 'iterate':
      return compileIterate(node, scope);
    case 'array':
      return compileArray(node, scope);
    case 'object':
      return compileObject(node, scope);
    case 'string':
    case 'format':
      return compileString(node, scope);
    case 'variable':
      return compileVariable(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'recurse':
      return compileCall({ kind: 'call', name: 'recurse', args: [], at: node.at }, scope);
    default:
      return compileCompound(node, scope);
  }
}

function compileCompound(node: Node, scope: Scope): Filter {
  switch (node.kind) {
    case 'binary':
      return compileBinary(node, scope);
    case 'negate':
      return compileNegate(node, scope);
    case 'and':
    case 'or':
      return compileLogic(node, scope);
    case 'alternative':
      return compileAlternative(node, scope);
    case 'assign':
      return compileAssignment(node, scope);
    case 'if':
      return compileIf(node, scope);
    case 'try':
      return compileTry(node, scope);
    case 'bind':
      return compileBinding(node, scope);
    case 'reduce':
    case 'foreach':
      return compileFold(node, scope);
    case 'define':
      return compileDefinition(node, scope);
    case 'label':
      return compileLabel(node, scope);
    case 'break':
      return compileBreak(node, scope);
    default:
      throw new Error(`no compiler for ${node.kind}`);
  }
}

/** `.` */
export const IDENTITY: Filter = {
  one: (input) => input,
  run: (input, path, _env, emit) => emit(input, path),
};

/** A constant. */
export function literal(value: unknown): Filter {
  return single(() => value);
}

/** `left | right` */
export function pipe(left: Filter, right: Filter): Filter {
  const first = left.one;
  const second = right.one;
  if (first !== undefined && second !== undefined) {
    return {
      one: (input, env) => second(first(input, env), env),
      run: (input, path, env, emit) =>
        path === undefined
          ? emit(second(first(input, env), env), undefined)
          : left.run(input, path, env, (value, at) => right.run(value, at, env, emit)),
    };
  }
  return {
    run: (input, path, env, emit) =>
      first !== undefined && path === undefined
        ? right.run(first(input, env), undefined, env, emit)
        : left.run(input, path, env, (value, at) => right.run(value, at, env, emit)),
  };
}

function comma(left: Filter, right: Filter): Filter {
  return {
    run: (input, path, env, emit) => left.run(input, path, env, emit) || right.run(input, path, env, emit),
  };
}
