import { z } from 'zod';
import { choose } from './choose.ts';

/** Runtime expression, `${ … }` over the whole text (DSL "Runtime Expressions"). */
export const Expression = z
  .string()
  .regex(/^\s*\$\{[\s\S]+\}\s*$/, 'expected an expression, written ${ … }')
  .describe('Runtime expression, for example ${ .invoice.number }');

/** An expression where the DSL takes it with or without `${ }`: `if`, `when`, `while`, `in`, `from`, `as`. */
export const Condition = z.string().min(1).describe('Runtime expression; ${ } may be left out here');

/** URI or URI template, RFC 6570: `https://example.com/pets/{petId}`. */
export const UriTemplate = z
  .string()
  .regex(
    /^(?!\$\{)(?:[^\s"<>\\^`{}|]|\{[^{}\s]+\})+$/,
    'expected a URI or a URI template such as https://example.com/{id}',
  );

export const UriOrExpression = choose(
  [UriTemplate, Expression],
  (value) => (typeof value === 'string' && value.trimStart().startsWith('${') ? Expression : UriTemplate),
  'a URI or an expression',
);

/** Names of namespaces and workflows, RFC 1123 labels. */
export const DnsLabel = z
  .string()
  .regex(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
    'expected letters, digits and dashes, at most 63, neither first nor last a dash',
  );

/** Semantic version, semver.org 2.0.0. */
export const SemanticVersion = z
  .string()
  .regex(
    /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/,
    'expected a semantic version such as 1.0.0',
  );

/** Anything that JSON can hold under names: the values may be expressions at any depth. */
export const Values = z.record(z.string(), z.unknown());
export const Texts = z.record(z.string(), z.string());
