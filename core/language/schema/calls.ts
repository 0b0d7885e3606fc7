import { z } from 'zod';
import { Authentication } from './authentication.ts';
import { byKey, choose, textOr } from './choose.ts';
import { Duration } from './duration.ts';
import { Endpoint, ExternalResource } from './endpoint.ts';
import { Expression, Texts, Values } from './text.ts';

/** What a call over HTTP gives: the body as it came, the body parsed, or status, headers and body. */
const HttpOutput = z.enum(['raw', 'content', 'response']);
const TextsOrExpression = textOr(Expression, Texts, 'names with texts, or an expression');

/** DSL "HTTP Call". */
export const HttpArguments = z.strictObject({
  method: z.string(),
  endpoint: Endpoint,
  headers: TextsOrExpression.optional(),
  body: z.unknown().optional(),
  query: TextsOrExpression.optional(),
  output: HttpOutput.optional(),
  redirect: z.boolean().optional(),
});

/** DSL "OpenAPI Call". */
export const OpenApiArguments = z.strictObject({
  document: ExternalResource,
  operationId: z.string(),
  parameters: Values.optional(),
  authentication: Authentication.optional(),
  output: HttpOutput.optional(),
  redirect: z.boolean().optional(),
});

/** DSL "gRPC Call". */
export const GrpcArguments = z.strictObject({
  proto: ExternalResource,
  service: z.strictObject({
    name: z.string(),
    host: z.string().regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9-.]{0,61}[a-zA-Z0-9])?$/, 'expected a host name'),
    port: z.int().min(0).max(65535).optional(),
    authentication: Authentication.optional(),
  }),
  method: z.string(),
  arguments: Values.optional(),
});

const consumeFor = { for: Duration.optional() };
const Consumption = byKey(
  {
    amount: z.strictObject({ ...consumeFor, amount: z.int() }),
    while: z.strictObject({ ...consumeFor, while: Expression }),
    until: z.strictObject({ ...consumeFor, until: Expression }),
  },
  'how long to consume: amount, while or until',
);

const ASYNC_API_PROTOCOLS = [
  'amqp', 'amqp1', 'anypointmq', 'googlepubsub', 'http', 'ibmmq', 'jms', 'kafka', 'mercure', 'mqtt', 'mqtt5', 'nats',
  'pulsar', 'redis', 'sns', 'solace', 'sqs', 'stomp', 'ws',
] as const; // prettier-ignore

/** DSL "AsyncAPI Call": publishes a message, or subscribes and runs `foreach` on each. */
export function asyncApiArguments<T extends z.ZodType>(iterator: T) {
  const common = {
    document: ExternalResource,
    channel: z.string().optional(),
    operation: z.string().optional(),
    server: z.strictObject({ name: z.string(), variables: Values.optional() }).optional(),
    protocol: z.enum(ASYNC_API_PROTOCOLS).optional(),
    authentication: Authentication.optional(),
  };
  const publish = z.strictObject({
    ...common,
    message: z.strictObject({ payload: Values.optional(), headers: Values.optional() }),
  });
  const subscribe = z.strictObject({
    ...common,
    subscription: z.strictObject({ filter: Expression.optional(), consume: Consumption, foreach: iterator.optional() }),
  });
  return byKey({ message: publish, subscription: subscribe }, 'a message to publish, or a subscription').refine(
    (args) => 'operation' in args !== 'channel' in args,
    'needs either the operation (AsyncAPI 3) or the channel (AsyncAPI 2.6)',
  );
}

const ParametersOrText = choose(
  [z.string(), Values],
  (value) => (typeof value === 'string' ? z.string() : Values),
  'parameters',
);

/** DSL "A2A Call" (Agent2Agent). */
export const A2aArguments = z.strictObject({
  agentCard: ExternalResource.optional(),
  server: Endpoint.optional(),
  method: z.enum([
    'message/send',
    'message/stream',
    'tasks/get',
    'tasks/list',
    'tasks/cancel',
    'tasks/resubscribe',
    'tasks/pushNotificationConfig/set',
    'tasks/pushNotificationConfig/get',
    'tasks/pushNotificationConfig/list',
    'tasks/pushNotificationConfig/delete',
    'agent/getAuthenticatedExtendedCard',
  ]),
  parameters: ParametersOrText.optional(),
});

const transportOptions = { options: Texts.optional() };
const McpTransport = byKey(
  {
    http: z.looseObject({
      ...transportOptions,
      http: z.looseObject({ endpoint: Endpoint, headers: Texts.optional() }),
    }),
    stdio: z.looseObject({
      ...transportOptions,
      stdio: z.looseObject({
        command: z.string(),
        arguments: z.array(z.string()).optional(),
        environment: Texts.optional(),
      }),
    }),
  },
  'a transport: http or stdio',
);

/** DSL "MCP Call" (Model Context Protocol). */
export const McpArguments = z.looseObject({
  protocolVersion: z.string().optional(),
  method: z.enum([
    'tools/list',
    'tools/call',
    'prompts/list',
    'prompts/get',
    'resources/list',
    'resources/read',
    'resources/templates/list',
  ]),
  parameters: ParametersOrText.optional(),
  timeout: Duration.optional(),
  transport: McpTransport,
  client: z.looseObject({ name: z.string(), version: z.string() }).optional(),
});
