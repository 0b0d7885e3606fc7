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

/** What compiling learns of the whole program. */
export interface Findings {
  /** Variables that must be given to run it. */
  readonly free: Set<string>;
  /** The variables that will be given, where the caller said so. */
  readonly given: ReadonlySet<string> | null;
}

/** The names visible at a place; immutable, each binding makes a new one. */
export class Scope {
  readonly findings: Findings;
  /** Bindings in the environment here. */
  readonly depth: number;
  private readonly binding: Binding | null;
  private readonly up: Scope | null;

  constructor(findings: Findings, depth = 0, binding: Binding | null = null, up: Scope | null = null) {
    this.findings = findings;
    this.depth = depth;
    this.binding = binding;
    this.up = up;
  }

  /** A variable, one more binding in the environment. */
  variable(name: string): Scope {
    return new Scope(this.findings, this.depth + 1, { kind: 'variable', name, depth: this.depth + 1 }, this);
  }

  /** A label, one more binding in the environment. */
  label(name: string): Scope {
    return new Scope(this.findings, this.depth + 1, { kind: 'label', name, depth: this.depth + 1 }, this);
  }

  /** A parameter that is a program, one more binding in the environment. */
  closure(name: string): Scope {
    return new Scope(this.findings, this.depth + 1, { kind: 'closure', name, depth: this.depth + 1 }, this);
  }

  /** A parameter `$name`, one more binding in the environment, which is also the function `name`. */
  parameter(name: string): Scope {
    const scope = this.variable(name);
    return new Scope(this.findings, scope.depth, { kind: 'parameter', name, depth: scope.depth }, scope);
  }

  /** A function; the environment holds nothing for it. */
  function(name: string, target: FunctionTarget): Scope {
    return new Scope(this.findings, this.depth, { kind: 'function', name, depth: this.depth, target }, this);
  }

  /** One more place in the environment, without a name. */
  anonymous(): Scope {
    return new Scope(this.findings, this.depth + 1, null, this);
  }

  /** The innermost binding of this kind and name. */
  find(kinds: readonly Binding['kind'][], name: string, arity = 0): Binding | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.up) {
      const { binding } = scope;
      if (binding === null || binding.name !== name || !kinds.includes(binding.kind)) continue;
      if (binding.kind !== 'function' || binding.target.byValue.length === arity) return binding;
    }
    return null;
  }

  /** The functions visible here as "name/arity", for suggestions. */
  functionNames(): string[] {
    const names: string[] = [];
    for (let scope: Scope | null = this; scope !== null; scope = scope.up) {
      const { binding } = scope;
      if (binding?.kind === 'function') names.push(`${binding.name}/${binding.target.byValue.length}`);
      else if (binding?.kind === 'closure') names.push(`${binding.name}/0`);
    }
    return names;
  }
}
