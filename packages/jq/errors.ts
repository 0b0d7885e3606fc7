/** A program that is not jq. `offset` counts UTF-16 units from 0 in the source; `hint` says how to mend it. */
export class JqSyntaxError extends Error {
  readonly offset: number;
  readonly hint: string;

  constructor(message: string, offset: number, hint: string) {
    super(message);
    this.name = 'JqSyntaxError';
    this.offset = offset;
    this.hint = hint;
  }
}

/** An error raised by a running program (`error`, or a builtin that refused its input). `value` is what `catch` sees. */
export class JqError extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super(typeof value === 'string' ? value : 'The program raised an error that is not a string.');
    this.name = 'JqError';
    this.value = value;
  }
}

/** Which bound a program exceeded. */
export type BoundName =
  'steps' | 'depth' | 'outputs' | 'string' | 'array' | 'nesting' | 'pattern' | 'program' | 'result';

/** A program that asked for more than a workflow task may spend. `catch` never sees it. */
export class JqBoundError extends Error {
  readonly bound: BoundName;
  readonly limit: number;

  constructor(bound: BoundName, limit: number, message: string) {
    super(message);
    this.name = 'JqBoundError';
    this.bound = bound;
    this.limit = limit;
  }
}
