import { z } from 'zod';
import type { ActivityContext } from '../../activity.ts';
import { Authentication } from '../authentication.ts';
import type { CallDeps } from '../deps.ts';
import { callHttp, HttpArguments, Output, ResolvedEndpoint } from '../http.ts';
import { readResource } from '../resource.ts';
import { findOperation, OpenApiDocument, refuse } from './document.ts';
import { place } from './place.ts';

/** Arguments of `call: openapi` as the workflow hands them over. */
export const OpenApiArguments = z.object({
  document: z.object({ endpoint: ResolvedEndpoint }),
  operationId: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  authentication: Authentication.optional(),
  output: Output.optional(),
  redirect: z.boolean().optional(),
});
type OpenApiArguments = z.infer<typeof OpenApiArguments>;

/** DSL "OpenAPI Call": finds the operation in the document and calls it over HTTP. */
export async function callOpenApi(deps: CallDeps, args: OpenApiArguments, context: ActivityContext): Promise<unknown> {
  const { uri } = args.document.endpoint;
  const parsed = OpenApiDocument.safeParse(await readResource(deps, args.document, context));
  if (!parsed.success) throw refuse(`${uri} is not an OpenAPI document: ${z.prettifyError(parsed.error)}`);
  const operation = findOperation(parsed.data, args.operationId, uri);
  const { path, query, headers, body } = place(args.parameters, operation);
  const { authentication, output, redirect } = args;
  const endpoint = { uri: operation.base + path, authentication };
  const request = { method: operation.method, endpoint, headers, query, body, output, redirect };
  return callHttp(deps, HttpArguments.parse(request), context);
}
