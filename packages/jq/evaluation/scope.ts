import type { Node } from '../syntax/ast.ts';
import type { Filter } from './filter.ts';

/** What a name means at a place of the program. `depth` counts the bindings before it in the environment. */
export type Binding =
  | { readonly kind: 'variable'; readonly name: string; readonly depth: number }
  | { readonly kind: 'label'; readonly name: string; readonly depth: number }
  | { readonly kind: 'closure'; readonly name: string; readonly depth: number }
  | { readonly kind: 'parameter'; readonly name: string; readonly depth: number }
  | { readonly kind: 'function'; readonly name: string; readonly depth: number; readonly target: FunctionTarget };

/** A function defined in jq. `body` is there once it is compiled; a recursive call is compiled before. */
export interface FunctionTarget {
  readonly byValue: readonly boolean[];
  body: Filter | null;
}

/** What compiling needs, and learns, of the whole program. */
export interface Findings {
  /** Compiles a node: handed in, so that the compilers of nodes need not import one another in a circle. */
  readonly compile: (node: Node, scope: Scope) => Filter;
  /** Variables that must be given to run it. */
  readonly free: Set<string>;
  /** The variables that will be given, where the caller said so. */
  readonly given: ReadonlySet<string> | null;
}

/** Bindings, the innermost first. */
interface Bindings {
  readonly binding: Binding;
  readonly outer: Bindings | null;
}

/** The names visible at a place; immutable, each binding makes a new one. */
export class Scope {
  readonly findings: Findings;
  /** Bindings in the environment here. */
  readonly depth: number;
  private readonly bindings: Bindings | null;

  constructor(findings: Findings, depth = 0, bindings: Bindings | null = null) {
    this.findings = findings;
    this.depth = depth;
    this.bindings = bindings;
  }

  /** Compiles a part of the program where these names are visible. */
  compile(node: Node): Filter {
    return this.findings.compile(node, this);
  }

  /** A variable, one more binding in the environment. */
  variable(name: string): Scope {
    return this.with(1, { kind: 'variable', name, depth: this.depth + 1 });
  }

  /** A label, one more binding in the environment. */
  label(name: string): Scope {
    return this.with(1, { kind: 'label', name, depth: this.depth + 1 });
  }

  /** A parameter that is a program, one more binding in the environment. */
  closure(name: string): Scope {
    return this.with(1, { kind: 'closure', name, depth: this.depth + 1 });
  }

  /** A parameter `$name`, one more binding in the environment, which is also the function `name`. */
  parameter(name: string): Scope {
    return this.variable(name).with(0, { kind: 'parameter', name, depth: this.depth + 1 });
  }

  /** A function; the environment holds nothing for it. */
  function(name: string, target: FunctionTarget): Scope {
    return this.with(0, { kind: 'function', name, depth: this.depth, target });
  }

  /** One more place in the environment, without a name. */
  anonymous(): Scope {
    return new Scope(this.findings, this.depth + 1, this.bindings);
  }

  /** The innermost binding of these kinds and this name. */
  find(kinds: readonly Binding['kind'][], name: string, arity = 0): Binding | null {
    for (let at = this.bindings; at !== null; at = at.outer) {
      const { binding } = at;
      if (binding.name !== name || !kinds.includes(binding.kind)) continue;
      const takes = binding.kind === 'function' ? binding.target.byValue.length : 0;
      if (takes === arity) return binding;
    }
    return null;
  }

  /** The functions visible here as "name/arity", for suggestions. */
  functionNames(): string[] {
    const names: string[] = [];
    for (let at = this.bindings; at !== null; at = at.outer) {
      const { binding } = at;
      if (binding.kind === 'function') names.push(`${binding.name}/${binding.target.byValue.length}`);
      else if (binding.kind === 'closure') names.push(`${binding.name}/0`);
    }
    return names;
  }

  private with(places: 0 | 1, binding: Binding): Scope {
    return new Scope(this.findings, this.depth + places, { binding, outer: this.bindings });
  }
}
