import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { dereference } from '../reference.ts';

const Variable = z.looseObject({ default: z.coerce.string().optional(), enum: z.array(z.coerce.string()).optional() });
const Variables = z.record(z.string(), z.unknown()).default({});

/** A server as both versions write it, the address in parts (3) or whole (2). */
const Server = z.looseObject({
  url: z.string().optional(),
  host: z.string().optional(),
  pathname: z.string().optional(),
  protocol: z.string(),
  variables: Variables,
});
export type Server = z.infer<typeof Server>;

const Message = z.looseObject({
  contentType: z.string().optional(),
  correlationId: z.unknown().optional(),
});
export type Message = z.infer<typeof Message>;

const HttpBinding = z.looseObject({ method: z.string().optional() });

const Channel = z.looseObject({
  address: z.string().nullish(),
  servers: z.array(z.unknown()).optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  publish: z.unknown().optional(),
  subscribe: z.unknown().optional(),
});
const Operation = z.looseObject({
  channel: z.unknown().optional(),
  message: z.unknown().optional(),
  messages: z.array(z.unknown()).optional(),
  bindings: z.unknown().optional(),
});

export const AsyncApiDocument = z.looseObject({
  asyncapi: z.string().regex(/^[23]\./, 'expected AsyncAPI 2 or 3'),
  defaultContentType: z.string().default('application/json'),
  servers: z.record(z.string(), z.unknown()).default({}),
  channels: z.record(z.string(), z.unknown()).default({}),
  operations: z.record(z.string(), z.unknown()).default({}),
});
export type AsyncApiDocument = z.infer<typeof AsyncApiDocument>;

/** Where a call goes inside the document, whichever version it is of. */
export type Target = {
  /** Address of the channel, its parameters still in it: `users/{id}`. */
  address: string;
  parameters: Record<string, unknown>;
  /** Servers that have the channel, by name. */
  servers: Record<string, Server>;
  /** HTTP method that the operation is bound to. */
  method: string;
  message: Message & { contentType: string };
};

export type Wanted = {
  /** AsyncAPI 3. */
  operation?: string | undefined;
  /** AsyncAPI 2, with the side of the channel. */
  channel?: string | undefined;
  side: 'publish' | 'subscribe';
};

/** Finds the operation. Throws a problem of type `configuration` that says what the document has instead. */
export function findTarget(document: AsyncApiDocument, wanted: Wanted): Target {
  return document.asyncapi.startsWith('3') ? inVersion3(document, wanted) : inVersion2(document, wanted);
}

function inVersion3(document: AsyncApiDocument, { operation: name }: Wanted): Target {
  if (name === undefined) throw refuse('the document is AsyncAPI 3, which has operations: name one under "operation"');
  const operation = Operation.parse(entry(document, 'operations', name));
  const channel = Channel.parse(dereference(document, operation.channel));
  const address = channel.address;
  if (typeof address !== 'string') throw refuse(`the channel of "${name}" has no fixed address`);
  const names = channel.servers?.map(lastStep);
  const message =
    operation.messages?.[0] ?? Object.values(z.record(z.string(), z.unknown()).parse(channel['messages'] ?? {}))[0];
  return { ...common(document, channel, { names, operation, message }), address };
}

function inVersion2(document: AsyncApiDocument, { channel: name, side }: Wanted): Target {
  if (name === undefined) throw refuse('the document is AsyncAPI 2, which has channels: name one under "channel"');
  const channel = Channel.parse(entry(document, 'channels', name));
  const found = dereference(document, channel[side]);
  if (found === undefined) throw refuse(`channel "${name}" has no operation "${side}"`);
  const operation = Operation.parse(found);
  const names = channel.servers?.map(String);
  // Several messages stand under `oneOf`: the first tells the content type.
  const one = z.looseObject({ oneOf: z.array(z.unknown()) }).safeParse(dereference(document, operation.message));
  const message = one.success ? one.data.oneOf[0] : operation.message;
  return { ...common(document, channel, { names, operation, message }), address: name };
}

type Found = { names: string[] | undefined; operation: z.infer<typeof Operation>; message: unknown };

function common(document: AsyncApiDocument, channel: z.infer<typeof Channel>, { names, operation, message }: Found) {
  const all = Object.entries(document.servers).filter(([name]) => !names || names.length === 0 || names.includes(name));
  const servers = all.map(([name, server]) => [name, Server.parse(dereference(document, server))] as const);
  const bindings = z.looseObject({ http: z.unknown() }).safeParse(dereference(document, operation.bindings));
  const { method = 'POST' } = HttpBinding.parse(dereference(document, bindings.data?.http) ?? {});
  const described = Message.parse(dereference(document, message) ?? {});
  return {
    servers: Object.fromEntries(servers),
    method: method.toUpperCase(),
    parameters: Object.fromEntries(
      Object.entries(channel.parameters).map(([name, one]) => [name, dereference(document, one)]),
    ),
    message: { ...described, contentType: described.contentType ?? document.defaultContentType },
  };
}

function entry(document: AsyncApiDocument, part: 'operations' | 'channels', name: string): unknown {
  const all = document[part];
  if (Object.hasOwn(all, name)) return dereference(document, all[name]);
  const known = Object.keys(all).join(', ') || 'none';
  throw refuse(`the document has no ${part.slice(0, -1)} "${name}"; it has ${known}`);
}

/** Name of the server that a reference of AsyncAPI 3 leads to. */
function lastStep(reference: unknown): string {
  const { $ref } = z.object({ $ref: z.string() }).parse(reference);
  return $ref.split('/').at(-1) ?? '';
}

/** Default and allowed values of a variable, where the document has it. */
export function variableOf(variables: Record<string, unknown>, name: string): z.infer<typeof Variable> {
  return Variable.parse(Object.hasOwn(variables, name) ? variables[name] : {});
}

export function refuse(detail: string) {
  return applicationException('configuration', detail);
}
