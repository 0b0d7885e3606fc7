import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ErrorCode,
  isInitializeRequest,
  type JSONRPCMessage,
  McpError,
  ResultSchema,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { applicationException, ProblemError } from '../../../core/model/problem.ts';
import { durationMs } from '../../../core/time/duration.ts';
import { resolveSecrets } from '../../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../../activity.ts';
import { classify } from '../../../core/model/classify-error.ts';
import { authorization } from '../authentication.ts';
import type { CallDeps } from '../deps.ts';
import { ResolvedEndpoint } from '../http.ts';
import { once } from '../once.ts';
import { MAX_CONTENT_BYTES } from '../request.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { LONGEST_MS } from './limits.ts';

/** Arguments of `call: mcp` as the workflow hands them over. */
export const McpArguments = z.object({
  protocolVersion: z.string().default('2025-06-18'),
  method: z.string(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  timeout: z.unknown().optional(),
  transport: z.object({
    http: z.object({ endpoint: ResolvedEndpoint, headers: z.record(z.string(), z.string()).optional() }).optional(),
    stdio: z
      .object({
        command: z.string(),
        arguments: z.array(z.coerce.string()).optional(),
        environment: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
  }),
  client: z.object({ name: z.string(), version: z.string() }).default({ name: 'zaplecze', version: '0.1.0' }),
});
type McpArguments = z.infer<typeof McpArguments>;

/** The one method by which something is done; all others only tell. */
const CALLING = 'tools/call';

/** DSL "MCP Call": initialises a session, sends one request, gives its result, and closes the session. */
export async function callMcp(deps: CallDeps, args: McpArguments, context: ActivityContext): Promise<unknown> {
  const clear = McpArguments.parse(await resolveSecrets(args, context.call.secrets, deps.secret));
  const { client: who, method, parameters, protocolVersion } = clear;
  if (!SUPPORTED_PROTOCOL_VERSIONS.includes(protocolVersion)) {
    const known = SUPPORTED_PROTOCOL_VERSIONS.join(', ');
    throw applicationException('configuration', `MCP ${protocolVersion} is not spoken here; ${known} are`);
  }
  const wanted = clear.timeout === undefined ? LONGEST_MS : durationMs(clear.timeout);
  const flood = new AbortController();
  const options = { signal: AbortSignal.any([context.signal, flood.signal]), timeout: Math.min(wanted, LONGEST_MS) };
  const client = new Client(who);
  try {
    await client.connect(offering(await transportOf(deps, clear.transport, context, flood), protocolVersion), options);
    const request = { method, ...(parameters && { params: parameters }) };
    const effect = { what: `${method} of the MCP server`, repeatable: method !== CALLING };
    return await once(deps, context, effect, async (sending) => {
      await sending?.();
      try {
        return checked(await client.request(request, ResultSchema, options), method);
      } catch (error) {
        throw flood.signal.aborted ? flood.signal.reason : toProblem(error, method);
      }
    });
  } catch (error) {
    throw flood.signal.aborted ? flood.signal.reason : toProblem(error, method);
  } finally {
    // A server that is gone cannot be told goodbye.
    await client.close().catch(() => undefined);
  }
}

async function transportOf(
  deps: CallDeps,
  { http, stdio }: McpArguments['transport'],
  context: ActivityContext,
  flood: AbortController,
) {
  if (stdio) return stdioTransport(deps, stdio);
  if (!http) throw applicationException('configuration', 'MCP needs a transport: http or stdio');
  const { uri, authentication } = http.endpoint;
  const headers = new Headers(http.headers);
  if (authentication) headers.set('authorization', await authorization(deps, authentication, context));
  return new StreamableHTTPClientTransport(new URL(uri), {
    requestInit: { headers: Object.fromEntries(headers) },
    fetch: guardedFetch(deps, context.signal, flood),
  });
}

/** A server as a program of this machine, which is what the operator must allow. */
function stdioTransport(
  deps: CallDeps,
  { command, arguments: args, environment }: NonNullable<McpArguments['transport']['stdio']>,
) {
  if (!deps.allowsPrograms) {
    throw applicationException(
      'authorization',
      'MCP over stdio runs a program, which this installation does not allow. To fix: use the transport http, or the operator adds "mcp" to processes.allow',
    );
  }
  return new StdioClientTransport({
    command,
    ...(args && { args }),
    ...(environment && { env: environment }),
    // Its chatter is not part of the protocol.
    stderr: 'ignore',
  });
}

/** Offers the version that the definition names; the library itself always offers its newest. */
function offering(transport: Transport, protocolVersion: string): Transport {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(withVersion(message, protocolVersion), options);
  return transport;
}

function withVersion(message: JSONRPCMessage, protocolVersion: string): JSONRPCMessage {
  return isInitializeRequest(message) ? { ...message, params: { ...message.params, protocolVersion } } : message;
}

const ToolResult = z.looseObject({
  isError: z.literal(true),
  content: z.array(z.looseObject({ text: z.string().optional() })),
});

/** A tool may say that it failed inside a result: an automation that went on would not notice. */
function checked(result: unknown, method: string): unknown {
  if (JSON.stringify(result).length > MAX_CONTENT_BYTES) {
    const detail = `${method} answered with more than ${MAX_CONTENT_BYTES} bytes`;
    throw applicationException('communication', detail, { retryable: false });
  }
  const failed = ToolResult.safeParse(result);
  if (!failed.success) return result;
  const said = failed.data.content.map(({ text }) => text ?? '').join(' ');
  throw applicationException('runtime', `the tool failed: ${said}`);
}

/** What the server answers is of type `runtime`, as the specification asks; what it does not is `communication`. */
function toProblem(error: unknown, method: string): unknown {
  if (error instanceof ProblemError) return error;
  if (error instanceof McpError) {
    const code: ErrorCode = error.code;
    const kind = code === ErrorCode.RequestTimeout ? 'timeout' : 'runtime';
    const options = { retryable: false, cause: error };
    if (code === ErrorCode.ConnectionClosed) {
      return applicationException('communication', `the MCP server closed the connection during ${method}`, options);
    }
    return applicationException(kind, `${method}: ${error.message}`, options);
  }
  if (error instanceof StreamableHTTPError) {
    const { code: status = 500 } = error;
    return applicationException('communication', `${method}: ${error.message}`, {
      status,
      retryable: false,
      cause: error,
    });
  }
  const { problem, retryable } = classify(error);
  return applicationException('communication', `${method}: ${problem.detail}`, { retryable, cause: error });
}
