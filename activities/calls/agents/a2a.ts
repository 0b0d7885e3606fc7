import { createHash } from 'node:crypto';
import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { resolveSecrets } from '../../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../../activity.ts';
import { type Authentication, authorization } from '../authentication.ts';
import { messagesIn } from '../asyncapi/event-stream.ts';
import type { CallDeps } from '../deps.ts';
import { ResolvedEndpoint } from '../http.ts';
import { once } from '../once.ts';
import { addressOf, MAX_CONTENT_BYTES, open } from '../request.ts';
import { readResource } from '../resource.ts';
import { LONGEST_MS } from './limits.ts';

/** Arguments of `call: a2a` as the workflow hands them over. */
export const A2aArguments = z
  .object({
    method: z.string(),
    agentCard: z.object({ endpoint: ResolvedEndpoint }).optional(),
    server: ResolvedEndpoint.optional(),
    parameters: z.record(z.string(), z.unknown()).default({}),
  })
  .refine(({ agentCard, server }) => agentCard ?? server, 'an agent is named by its agentCard, or by its server');
type A2aArguments = z.infer<typeof A2aArguments>;

/** Methods that answer with a stream of results, and those that send a message. */
const STREAMING = new Set(['message/stream', 'tasks/resubscribe']);
const SENDING = new Set(['message/send', 'message/stream']);
const JSON_RPC = 'JSONRPC';

/** Agent cards of A2A 0.3, and what a card of 1.0 says of its older interfaces. */
const AgentCard = z.looseObject({
  url: z.string().optional(),
  preferredTransport: z.string().default(JSON_RPC),
  additionalInterfaces: z.array(z.looseObject({ url: z.string(), transport: z.string() })).default([]),
  supportedInterfaces: z
    .array(z.looseObject({ url: z.string(), protocolBinding: z.string(), protocolVersion: z.string().default('') }))
    .default([]),
});

const Answer = z.union([
  z.looseObject({ error: z.looseObject({ code: z.number(), message: z.string() }) }),
  z.looseObject({ result: z.unknown() }),
]);

/**
 * DSL "A2A Call": one JSON-RPC request to an agent (A2A 0.3, whose method names the DSL has). The output is its result;
 * of a method that streams, the list of results in their order, once the stream has ended.
 */
export async function callA2a(deps: CallDeps, args: A2aArguments, context: ActivityContext): Promise<unknown> {
  const clear = A2aArguments.parse(await resolveSecrets(args, context.call.secrets, deps.secret));
  const { uri, authentication } = await agentOf(deps, clear, context);
  const { key } = context.call;
  const params = SENDING.has(clear.method) ? withMessage(clear.parameters, key) : clear.parameters;
  const body = JSON.stringify({ jsonrpc: '2.0', id: key, method: clear.method, params });
  const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json, text/event-stream' });
  if (authentication) headers.set('authorization', await authorization(deps, authentication, context));
  const url = addressOf(uri);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(LONGEST_MS)]);
  const effect = { what: `${clear.method} to ${url.origin}${url.pathname}`, repeatable: !SENDING.has(clear.method) };
  return once(deps, context, effect, async (sending) => {
    const request = { method: 'POST', url, headers, body };
    const results = await resultsOf(await open(deps, request, { signal, redirect: false, sending }), url, clear.method);
    return STREAMING.has(clear.method) ? results : single(results, clear.method);
  });
}

/** All that the agent answers, in its order. */
async function resultsOf(response: Response, url: URL, method: string): Promise<unknown[]> {
  const results: unknown[] = [];
  let size = 0;
  for await (const { content } of messagesIn(response, url).messages) {
    size += content.length;
    if (size > MAX_CONTENT_BYTES) throw tooMuch(method);
    results.push(resultIn(content.toString('utf8'), method));
  }
  return results;
}

type Agent = { uri: string; authentication?: Authentication | undefined };

/** Where the agent is. Its card's authentication is the agent's too, where both are of one origin. */
async function agentOf(deps: CallDeps, { agentCard, server }: A2aArguments, context: ActivityContext): Promise<Agent> {
  if (!agentCard) {
    if (server) return server;
    throw applicationException('configuration', 'an agent is named by its agentCard, or by its server');
  }
  const { uri: from, authentication } = agentCard.endpoint;
  const parsed = AgentCard.safeParse(await readResource(deps, agentCard, context));
  const uri = parsed.success ? addressIn(parsed.data) : undefined;
  if (uri === undefined) {
    throw applicationException('configuration', `${from} names no interface that speaks JSON-RPC of A2A 0.3`);
  }
  return URL.parse(uri)?.origin === URL.parse(from)?.origin ? { uri, authentication } : { uri };
}

function addressIn({ url, preferredTransport, additionalInterfaces, supportedInterfaces }: z.infer<typeof AgentCard>) {
  if (url !== undefined && preferredTransport === JSON_RPC) return url;
  const older = supportedInterfaces.find(
    (one) => one.protocolBinding === JSON_RPC && one.protocolVersion.startsWith('0.'),
  );
  return additionalInterfaces.find(({ transport }) => transport === JSON_RPC)?.url ?? older?.url;
}

/**
 * DSL "A2A Call": a message without an id gets one, its role is `user`. The id comes of the call's key: an agent that is
 * sent the same message again, after an attempt whose answer was lost, can tell.
 */
function withMessage(parameters: Record<string, unknown>, key: string): Record<string, unknown> {
  const { message, ...rest } = parameters;
  const given = z.record(z.string(), z.unknown()).safeParse(message).data ?? {};
  return { ...rest, message: { kind: 'message', role: 'user', messageId: uuidOf(key), ...given } };
}

/** A UUID of version 8 (RFC 9562, 5.8), always the same for a key. */
function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The specification asks for type `runtime` where the agent refuses. */
function resultIn(text: string, method: string): unknown {
  let answer;
  try {
    answer = Answer.parse(JSON.parse(text));
  } catch (cause) {
    throw applicationException('communication', `${method}: the agent's answer is not JSON-RPC`, {
      retryable: false,
      cause,
    });
  }
  if (!('error' in answer)) return answer.result;
  const { code, message } = z.object({ code: z.number(), message: z.string() }).parse(answer.error);
  throw applicationException('runtime', `${method}: the agent refused: ${message} (${code})`);
}

function single(results: unknown[], method: string): unknown {
  if (results.length === 1) return results[0];
  throw applicationException('communication', `${method}: ${results.length} answers came where one is due`, {
    retryable: false,
  });
}

function tooMuch(method: string) {
  const detail = `${method}: the agent answered with more than ${MAX_CONTENT_BYTES} bytes`;
  return applicationException('communication', detail, { retryable: false });
}
