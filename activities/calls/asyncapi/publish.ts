import type { ActivityContext } from '../../activity.ts';
import { type Authentication, authorization, sendAuthenticated } from '../authentication.ts';
import { parseContent } from '../content.ts';
import type { CallDeps } from '../deps.ts';
import { portOf } from '../egress.ts';
import { once } from '../once.ts';
import { ANSWER_MS, isIdempotent } from '../request.ts';
import type { Address } from './address.ts';
import type { Target } from './document.ts';
import { publishFrame } from './websocket.ts';

export type Publication = Address & {
  target: Target;
  authentication: Authentication | undefined;
  message: { payload?: unknown; headers: Record<string, string | number | boolean> };
};

/**
 * Publishes one message. The output is what the server answers: over HTTP the content of its answer, null where it says
 * nothing; over WebSocket always null.
 */
export async function publish(deps: CallDeps, publication: Publication, context: ActivityContext): Promise<unknown> {
  const { transport, url, target, authentication, message } = publication;
  const headers = new Headers(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const body = typeof message.payload === 'string' ? message.payload : JSON.stringify(message.payload ?? null);
  const effect = {
    what: `the message to ${url.origin}${url.pathname}`,
    repeatable: transport !== 'ws' && isIdempotent(target.method),
  };
  if (transport === 'ws') {
    // Frames have no headers: those of the message go with the handshake, as AsyncAPI's WebSocket binding has them.
    if (authentication) headers.set('authorization', await authorization(deps, authentication, context));
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(ANSWER_MS)]);
    return once(deps, context, effect, async (sending) => {
      await sending?.();
      await publishFrame({ url, headers, signal, lookup: deps.egress.lookup(portOf(url)) }, body);
      return null;
    });
  }
  headers.set('content-type', target.message.contentType);
  headers.set('idempotency-key', context.call.key);
  const request = { method: target.method, url, headers, body };
  const { signal, call } = context;
  return once(deps, context, effect, async (sending) => {
    const options = { signal, call, redirect: false, sending };
    const answer = await sendAuthenticated(deps, request, authentication, options);
    return parseContent(answer.content, answer.headers.get('content-type'));
  });
}
