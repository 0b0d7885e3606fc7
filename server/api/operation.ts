import type { z } from 'zod';
import type { Scope } from '../../core/model/access.ts';

/** Who calls: what a token may do, and in whose name. */
export type Caller = {
  /** Name of the token for idempotency keys. */
  token: string;
  /** Who stands in the audit trail. */
  actor: string;
  /** Whose tasks the token may see and decide. */
  person: string | undefined;
  scopes: readonly Scope[];
  /** Departments whose definitions the token may deploy and start; undefined stands for all. */
  departments?: readonly string[] | undefined;
};

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answer<A> = A extends z.ZodType ? z.input<A> : Response;
type MaybeSchema = z.ZodType | undefined;

/** One operation of the API: the schemas that its requests are checked by are the ones that its description is made of. */
export type Operation<
  P extends MaybeSchema = MaybeSchema,
  Q extends MaybeSchema = MaybeSchema,
  B extends MaybeSchema = MaybeSchema,
  A extends z.ZodType | MediaType = z.ZodType | MediaType,
> = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  path: `/${string}`;
  id: string;
  summary: string;
  /** What the token must allow. */
  scope: Scope;
  params?: P;
  query?: Q;
  body?: B;
  /** How the body is read where it is not always JSON; `body` checks what it gives. */
  read?: (bytes: Uint8Array, headers: Headers) => unknown;
  /** Media types of a body that is not JSON alone. */
  accepts?: readonly string[];
  /** Bytes that a body may have, where that is more than usual. */
  maxBytes?: number;
  answer: A;
  /** Statuses of problems beside those that every operation can answer. */
  problems?: readonly (404 | 409 | 422)[];
  handle: (request: { params: Out<P>; query: Out<Q>; body: Out<B> }, caller: Caller) => Promise<Answer<A>>;
};

/** An answer that is no JSON. */
export type MediaType = { mediaType: string };

/** Types an operation by its schemas. */
export function operation<
  P extends MaybeSchema = undefined,
  Q extends MaybeSchema = undefined,
  B extends MaybeSchema = undefined,
  A extends z.ZodType | MediaType = z.ZodType,
>(spec: Operation<P, Q, B, A>): AnyOperation {
  return spec as unknown as AnyOperation;
}

/** An operation whose schemas are only known when it is called. */
export type AnyOperation = Omit<Operation, 'handle'> & {
  handle: (request: { params: unknown; query: unknown; body: unknown }, caller: Caller) => Promise<unknown>;
};

/** True where the answer is no JSON. */
export function isMedia(answer: AnyOperation['answer']): answer is MediaType {
  return 'mediaType' in answer;
}
