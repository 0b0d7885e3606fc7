/** Kinds of `run` that execute code on the worker's machine: off unless the operator allows them. */
export const GUARDED_RUNS = ['container', 'script', 'shell'] as const;

/** Something that the language has and this engine does not do, in words for a warning. */
export type Unsupported = {
  /** Where it stands: a task's `call` or `run`, and a pointer in its `with` or `run`; `*` is any one name. */
  in: string;
  at: string;
  /** Which values; without it, any. */
  when?: (value: unknown) => boolean;
  message: string;
  hint: string;
};

/** Protocols of AsyncAPI that are spoken: those without a broker. */
const SPOKEN = new Set<unknown>(['http', 'ws']);
/** Languages of scripts that the specification has. */
const LANGUAGES = new Set<unknown>(['js', 'python']);
/** Calls whose first word must already say who calls: digest waits for a challenge. */
const UNCHALLENGED = ['grpc', 'asyncapi', 'mcp', 'a2a'];

const isLiteral = (value: unknown): value is string => typeof value === 'string' && !value.includes('${');

/**
 * What the engine does not do, or not in the way that a definition may expect. A definition that says it is still right;
 * it is told before it runs. Every property of a call or a run is either done or stands here: a test holds this.
 */
export const UNSUPPORTED: readonly Unsupported[] = [
  {
    in: 'call: asyncapi',
    at: '/protocol',
    when: (value) => isLiteral(value) && !SPOKEN.has(value),
    message: 'the protocols of brokers are not spoken by this engine',
    hint: 'use http or ws, where needed through a bridge before the broker',
  },
  {
    in: 'call: mcp',
    at: '/transport/options',
    message: 'further options of a transport have no effect in this engine',
    hint: 'leave them out; headers, arguments and environment have places of their own',
  },
  {
    in: 'call: mcp',
    at: '/transport/stdio',
    message: "an MCP server over stdio is a program on the worker's machine and is off unless the operator allows it",
    hint: 'use the transport http, or have "mcp" added to processes.allow',
  },
  ...UNCHALLENGED.map((call) => ({
    in: `call: ${call}`,
    at: '**/authentication/digest',
    message: 'digest authentication works over HTTP requests alone',
    hint: 'use basic, bearer or oauth2',
  })),
  ...['oauth2', 'oidc'].map((policy) => ({
    in: '*',
    at: `**/authentication/${policy}/grant`,
    when: (value: unknown) => value === 'authorization_code',
    message: 'the grant authorization_code needs a person at a browser',
    hint: 'use client_credentials, or refresh_token with a token that a person once gave',
  })),
  ...['revocation', 'introspection'].map((endpoint) => ({
    in: '*',
    at: `**/authentication/oauth2/endpoints/${endpoint}`,
    message: `tokens are neither revoked nor introspected by this engine: endpoints.${endpoint} has no effect`,
    hint: 'leave it out; a new token is requested when a service no longer accepts the old one',
  })),
  {
    in: 'run: script',
    at: '/script/language',
    when: (value) => isLiteral(value) && !LANGUAGES.has(value),
    message: 'scripts may be js or python',
    hint: 'use a container for other languages',
  },
  {
    in: 'run: workflow',
    at: '/return',
    when: (value) => isLiteral(value) && value !== 'stdout' && value !== 'none',
    message: 'another workflow has neither an exit code nor errors to print: its output is returned',
    hint: 'leave "return" out, or write none',
  },
];
