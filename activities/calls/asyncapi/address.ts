import { refuse, type Server, type Target, variableOf } from './document.ts';

/** Protocols spoken here, by the names that documents give their servers. */
const SPOKEN: Record<string, 'http' | 'ws'> = { http: 'http', https: 'http', ws: 'ws', wss: 'ws' };

/** Which server a call wants (DSL "AsyncAPI Server"), and what fills the variables in addresses. */
export type Choice = {
  server?: { name: string; variables?: Record<string, unknown> | undefined } | undefined;
  protocol?: string | undefined;
  /** Payload and headers of the message that goes out, for parameters that are taken from it. */
  message?: { payload?: unknown; headers?: unknown } | undefined;
};

export type Address = { url: URL; transport: 'http' | 'ws' };

/**
 * The address of a channel on its server: the one that the call names, else the first that speaks the protocol it names,
 * else the first that speaks one of ours. Throws a problem of type `configuration`.
 */
export function addressIn(target: Target, choice: Choice): Address {
  const [name, server] = pickServer(target.servers, choice);
  const transport = SPOKEN[server.protocol];
  if (!transport) {
    throw refuse(
      `server "${name}" speaks ${server.protocol}: here http, https, ws and wss are spoken, no broker's protocol`,
    );
  }
  const given = choice.server?.variables ?? {};
  const fill = (text: string, variables: Record<string, unknown>, encode: (value: string) => string): string =>
    text.replaceAll(/\{([^{}]+)\}/g, (_, variable: string) => encode(valueOf(variable, variables, given, choice)));
  const base = fill(baseOf(server), server.variables, String);
  const channel = fill(target.address, target.parameters, encodeURIComponent);
  const url = URL.parse(`${base.replace(/\/$/, '')}/${channel.replace(/^\//, '')}`);
  if (url) return { url, transport };
  throw refuse(`the address of server "${name}" is not valid: ${base}`);
}

function pickServer(servers: Record<string, Server>, { server, protocol }: Choice): [string, Server] {
  const all = Object.entries(servers);
  const known = all.map(([name, one]) => `${name} (${one.protocol})`).join(', ') || 'none';
  if (server) {
    const found = all.find(([name]) => name === server.name);
    if (found) return found;
    throw refuse(`the channel has no server "${server.name}"; it has ${known}`);
  }
  const secured = protocol === undefined ? [] : [protocol, `${protocol}s`];
  const found = all.find(([, one]) =>
    protocol === undefined ? one.protocol in SPOKEN : secured.includes(one.protocol),
  );
  if (found) return found;
  throw refuse(`no server of the channel speaks ${protocol ?? 'http or ws'}; it has ${known}`);
}

/** `ws://host/path`, from the parts of AsyncAPI 3 or from the URL of AsyncAPI 2, which may lack the scheme. */
function baseOf({ protocol, url, host = '', pathname = '' }: Server): string {
  if (url === undefined) return `${protocol}://${host}${pathname}`;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `${protocol}://${url}`;
}

function valueOf(
  name: string,
  variables: Record<string, unknown>,
  given: Record<string, unknown>,
  { message }: Choice,
): string {
  const { default: usual, enum: allowed, location } = variableOf(variables, name);
  const value = given[name] ?? (typeof location === 'string' ? located(location, message) : undefined) ?? usual;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw refuse(`the address needs "${name}": give it under server.variables`);
  }
  if (!allowed || allowed.length === 0 || allowed.includes(String(value))) return String(value);
  throw refuse(`"${name}" may be ${allowed.join(', ')}, not ${value}`);
}

/**
 * Where a document says that a value is taken from a message (AsyncAPI "Runtime Expression"):
 * `$message.header#/correlationId`, `$message.payload#/order/id`.
 */
export function located(expression: string, message: { payload?: unknown; headers?: unknown } | undefined): unknown {
  const { source, path } = /^\$message\.(?<source>header|payload)#\/(?<path>.*)$/.exec(expression)?.groups ?? {};
  if (path === undefined) return undefined;
  const steps = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step)
        ? Object.getOwnPropertyDescriptor(node, step)?.value
        : undefined,
    source === 'header' ? message?.headers : message?.payload,
  );
}
