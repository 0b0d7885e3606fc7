import type { Node } from '../../../packages/jq/index.ts';
import type { MemberUse } from './variables.ts';

/**
 * Members that a program reads of its own input by name: `.total`, not what comes after a pipe, inside a function's
 * arguments, or with a default (`.total // 0`, `.total?`), where the input is another or a missing member is foreseen.
 */
export function inputReads(program: Node): MemberUse[] {
  const reads: MemberUse[] = [];
  visit(program, reads);
  return reads;
}

function visit(node: Node, reads: MemberUse[]): void {
  if (node.kind === 'index' && !node.optional && node.target.kind === 'identity') {
    const { key } = node;
    if (key.kind === 'literal' && typeof key.value === 'string') reads.push({ member: key.value, at: node.at });
  }
  for (const part of sameInput(node)) visit(part, reads);
}

/** The parts of a node that get the same input as the node itself. */
function sameInput(node: Node): Node[] {
  switch (node.kind) {
    case 'index':
    case 'slice':
    case 'iterate':
      return [node.target];
    case 'array':
      return node.body ? [node.body] : [];
    case 'object':
      return node.entries.map(({ value }) => value);
    case 'string':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'negate':
      return [node.operand];
    case 'pipe':
      return [node.left];
    case 'alternative':
      return [node.right];
    case 'comma':
    case 'and':
    case 'or':
    case 'binary':
      return [node.left, node.right];
    case 'if':
      return [node.condition, node.then, ...(node.otherwise ? [node.otherwise] : [])];
    default:
      return [];
  }
}

/** Members that a program's output certainly has and no others; undefined where that cannot be told. */
export function outputMembers(program: Node, known: ReadonlySet<string>): Set<string> | undefined {
  if (program.kind === 'variable' && program.name === 'context') return new Set(known);
  if (program.kind === 'object') {
    const names = program.entries.map(({ key }) => nameOf(key));
    return names.includes(undefined) ? undefined : new Set(names.filter((name) => name !== undefined));
  }
  if (program.kind === 'binary' && (program.operator === '+' || program.operator === '*')) {
    const [left, right] = [outputMembers(program.left, known), outputMembers(program.right, known)];
    return left && right && new Set([...left, ...right]);
  }
  return undefined;
}

function nameOf(key: Node): string | undefined {
  if (key.kind === 'literal' && typeof key.value === 'string') return key.value;
  if (key.kind !== 'string') return undefined;
  const texts = key.parts.filter((part) => typeof part === 'string');
  return texts.length === key.parts.length ? texts.join('') : undefined;
}
