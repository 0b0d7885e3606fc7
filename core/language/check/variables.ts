import type { Node } from '../../../packages/jq/index.ts';

/** `$variable.member` in a program, with its offset. */
export type MemberUse = { member: string; at: number };

/** Every place where a program reads a literal member of a variable: `$secrets.smtp`, `$secrets["smtp"]`. */
export function memberUses(program: Node, variable: string): MemberUse[] {
  const uses: MemberUse[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const member = memberOf(value, variable);
      if (member) uses.push(member);
      Object.values(value).forEach(visit);
    }
  };
  visit(program);
  return uses;
}

function memberOf(value: object, variable: string): MemberUse | undefined {
  if (!isNode(value) || value.kind !== 'index') return undefined;
  const { target, key } = value;
  if (target.kind !== 'variable' || target.name !== variable) return undefined;
  return key.kind === 'literal' && typeof key.value === 'string' ? { member: key.value, at: target.at } : undefined;
}

function isNode(value: object): value is Node {
  return 'kind' in value && 'at' in value;
}
