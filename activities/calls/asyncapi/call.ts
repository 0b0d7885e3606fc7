import { z } from 'zod';
import { resolveSecrets } from '../../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../../activity.ts';
import { Authentication } from '../authentication.ts';
import { whileWaiting } from '../beat.ts';
import type { CallDeps } from '../deps.ts';
import { ResolvedEndpoint } from '../http.ts';
import { readResource } from '../resource.ts';
import { addressIn } from './address.ts';
import { AsyncApiDocument, findTarget, refuse } from './document.ts';
import { publish } from './publish.ts';
import { subscribe } from './subscribe.ts';

const Message = z.object({
  payload: z.unknown().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/**
 * Arguments of `call: asyncapi` as the workflow hands them over. Of a subscription only the name is left: filter,
 * lifetime and iteration are the workflow's own.
 */
export const AsyncApiArguments = z.object({
  document: z.object({ endpoint: ResolvedEndpoint }),
  operation: z.string().optional(),
  channel: z.string().optional(),
  server: z.object({ name: z.string(), variables: z.record(z.string(), z.unknown()).optional() }).optional(),
  protocol: z.string().optional(),
  authentication: Authentication.optional(),
  message: Message.optional(),
  subscription: z.object({ key: z.string(), after: z.string().optional() }).optional(),
});
type AsyncApiArguments = z.infer<typeof AsyncApiArguments>;

/** DSL "AsyncAPI Call": finds the channel's address in the document, then publishes one message or subscribes. */
export async function callAsyncApi(deps: CallDeps, args: AsyncApiArguments, context: ActivityContext) {
  const { uri } = args.document.endpoint;
  const document = await whileWaiting(context, () => readResource(deps, args.document, context));
  const parsed = AsyncApiDocument.safeParse(document);
  if (!parsed.success) throw refuse(`${uri} is not an AsyncAPI document: ${z.prettifyError(parsed.error)}`);
  const clear = AsyncApiArguments.parse(await resolveSecrets(args, context.call.secrets, deps.secret));
  const side = clear.message ? 'publish' : 'subscribe';
  const target = findTarget(parsed.data, { operation: clear.operation, channel: clear.channel, side });
  const address = addressIn(target, clear);
  await deps.egress.admit(address.url);
  const { authentication, message, subscription } = clear;
  if (message) {
    return whileWaiting(context, () => publish(deps, { ...address, target, authentication, message }, context));
  }
  if (subscription) return subscribe(deps, { ...address, target, authentication, subscription }, context);
  throw refuse('a call of AsyncAPI publishes a message or has a subscription');
}
