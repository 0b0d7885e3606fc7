/** Operators that compute one value of two. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';
/** Operators that assign to paths. */
export type AssignOperator = '=' | '|=' | '+=' | '-=' | '*=' | '/=' | '%=' | '//=';

/** One part of a string: literal text, or a program whose output is put in by the string's format. */
export type StringPart = string | Node;

/** One entry of an object under construction. */
export interface ObjectEntry {
  readonly key: Node;
  readonly value: Node;
}

/** What follows `as`. */
export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | { readonly kind: 'object'; readonly entries: readonly PatternEntry[] };

/** One entry of an object pattern; `variable` also binds the whole value (`{$a: [$b]}`). */
export interface PatternEntry {
  readonly key: Node;
  readonly variable?: string;
  readonly value?: Pattern;
}

/** A function definition; `$x` parameters take values, others take programs. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly byValue: boolean }[];
  readonly body: Node;
}

/** A program as parsed. `at` is the offset in the source. */
export type Node = { readonly at: number } & (
  | { readonly kind: 'identity' }
  | { readonly kind: 'recurse' }
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'string'; readonly format: string; readonly parts: readonly StringPart[] }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly target: Node; readonly key: Node; readonly optional: boolean }
  | {
      readonly kind: 'slice';
      readonly target: Node;
      readonly from: Node | null;
      readonly to: Node | null;
      readonly optional: boolean;
    }
  | { readonly kind: 'iterate'; readonly target: Node; readonly optional: boolean }
  | { readonly kind: 'array'; readonly body: Node | null }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'negate'; readonly operand: Node }
  | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'comma'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'alternative'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'and'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'assign'; readonly operator: AssignOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node | null }
  | { readonly kind: 'try'; readonly body: Node; readonly handler: Node | null }
  | { readonly kind: 'bind'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | {
      readonly kind: 'reduce';
      readonly source: Node;
      readonly patterns: readonly Pattern[];
      readonly init: Node;
      readonly update: Node;
    }
  | {
      readonly kind: 'foreach';
      readonly source: Node;
      readonly patterns: readonly Pattern[];
      readonly init: Node;
      readonly update: Node;
      readonly extract: Node | null;
    }
  | { readonly kind: 'define'; readonly definition: FunctionDefinition; readonly body: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'label'; readonly name: string; readonly body: Node }
  | { readonly kind: 'break'; readonly name: string }
);

/** The node of one kind. */
export type NodeOf<K extends Node['kind']> = Node & { readonly kind: K };
