import { z } from 'zod';
import { resolveSecrets } from '../../definitions/runtime/secrets.ts';
import type { ActivityContext } from '../activity.ts';
import { sendAuthenticated } from './authentication.ts';
import { parseDocument } from './content.ts';
import type { CallDeps } from './deps.ts';
import { ResolvedEndpoint } from './http.ts';
import { addressOf } from './request.ts';

export const ResourceArguments = z.object({ endpoint: ResolvedEndpoint });

/** Reads an external resource (DSL "External Resource"), a JSON or YAML document, and gives its content. */
export async function readResource(
  deps: CallDeps,
  args: z.infer<typeof ResourceArguments>,
  { call, signal }: ActivityContext,
): Promise<unknown> {
  const clear = ResourceArguments.parse(await resolveSecrets(args, call.secrets, deps.secret));
  const { uri, authentication } = clear.endpoint;
  const request = { method: 'GET', url: addressOf(uri), headers: new Headers({ accept: 'application/json, */*' }) };
  const { content } = await sendAuthenticated(deps, request, authentication, { signal, redirect: true, call });
  return parseDocument(content, uri);
}
