import { z } from 'zod';
import { Authentication } from './authentication.ts';
import { textOr } from './choose.ts';
import { UriOrExpression } from './text.ts';

/** DSL "Endpoint": a URI (template), an expression, or both with an authentication. */
export const Endpoint = textOr(
  UriOrExpression,
  z.strictObject({ uri: UriOrExpression, authentication: Authentication.optional() }),
  'an endpoint: a URI, an expression, or { uri, authentication }',
).meta({ id: 'Endpoint' });

/** DSL "External Resource". */
export const ExternalResource = z
  .strictObject({ name: z.string().optional(), endpoint: Endpoint })
  .meta({ id: 'ExternalResource' });

/** DSL "Catalog": where functions are looked up. */
export const Catalog = z.strictObject({ endpoint: Endpoint });
