import type { Node } from '../syntax/ast.ts';
import { comma, IDENTITY, literal, pipe } from './basic.ts';
import { compileAssignment } from './assignment.ts';
import { compileBinding, compileFold } from './binding.ts';
import { compileCall, compileDefinition } from './calls.ts';
import { compileArray, compileObject, compileString } from './construct.ts';
import { compileAlternative, compileBreak, compileIf, compileLabel, compileTry } from './control.ts';
import type { Filter } from './filter.ts';
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
      return pipe(scope.compile(node.left), scope.compile(node.right));
    case 'comma':
      return comma(scope.compile(node.left), scope.compile(node.right));
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
