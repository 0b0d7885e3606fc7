import { Client, type ClientOptions, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type protobuf from 'protobufjs';
import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { resolveSecrets } from '../../../core/expressions/secret-marks.ts';
import type { ActivityContext } from '../../activity.ts';
import { Authentication, authorization } from '../authentication.ts';
import type { CallDeps } from '../deps.ts';
import { isPlaintext, portOf } from '../egress.ts';
import { ResolvedEndpoint } from '../http.ts';
import { once } from '../once.ts';
import { ANSWER_MS, MAX_CONTENT_BYTES } from '../request.ts';
import { readContent, resourceAddress } from '../resource.ts';
import { connect } from './connect.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { loadMethod } from './proto.ts';
import { statusProblem } from './status.ts';
import { targetOf } from './target.ts';

/** Arguments of `call: grpc` as the workflow hands them over. */
export const GrpcArguments = z.object({
  proto: z.object({ endpoint: ResolvedEndpoint }),
  service: z.object({
    name: z.string(),
    host: z.string(),
    port: z.number().int().optional(),
    authentication: Authentication.optional(),
  }),
  method: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
});
type GrpcArguments = z.infer<typeof GrpcArguments>;

/** Port of gRPC where none is given: its name resolver's own default. */
const DEFAULT_PORT = 443;
/** Messages of a stream that one call takes; the bound on their bytes is the same as for any content. */
const MAX_MESSAGES = 10_000;

const OPTIONS: ClientOptions = {
  // Above our own bound, which can say what it is; the library's looks like a server that is out of quota.
  'grpc.max_receive_message_length': 4 * MAX_CONTENT_BYTES,
  'grpc.max_send_message_length': MAX_CONTENT_BYTES,
  // Attempts are Temporal's: it knows the retry policy of the definition.
  'grpc.enable_retries': 0,
  // A proxy of the environment would connect elsewhere than where `egress` looked.
  'grpc.enable_http_proxy': 0,
  // Services are named by the definition alone, not by TXT records of the DNS.
  'grpc.service_config_disable_resolution': 1,
};

/**
 * DSL "gRPC Call". One message goes out, whatever the method streams. The output is the answer; of a method that streams
 * its answers, the list of them in their order, once the stream has ended.
 */
export async function callGrpc(deps: CallDeps, args: GrpcArguments, context: ActivityContext): Promise<unknown> {
  const method = await describe(deps, args, context);
  const { service, arguments: given } = GrpcArguments.parse(
    await resolveSecrets(args, context.call.secrets, deps.secret),
  );
  const url = new URL(`https://${service.host}:${service.port ?? DEFAULT_PORT}`);
  await deps.egress.admit(url);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(ANSWER_MS)]);
  const metadata = await metadataOf(deps, service.authentication, context);
  const { requestType, answerType } = typesOf(method);
  const request = encode(requestType, given);
  const secured = isPlaintext(url, deps.plaintext) ? credentials.createInsecure() : credentials.createSsl();
  const { target, options } = await targetOf(url.hostname, portOf(url), deps.egress);
  const client = new Client(target, secured, { ...OPTIONS, ...options });
  try {
    await connect(client, url.host, signal);
    const effect = { what: `${method.fullName.slice(1)} of ${url.host}`, repeatable: isIdempotent(method) };
    const answers = await once(deps, context, effect, async (sending) => {
      await sending?.();
      return exchange(client, method, { request, metadata, signal });
    });
    const decoded = answers.map((bytes) => decode(answerType, bytes));
    return method.responseStream ? decoded : single(decoded, method);
  } finally {
    client.close();
  }
}

async function describe(
  deps: CallDeps,
  { proto, service, method }: GrpcArguments,
  context: ActivityContext,
): Promise<protobuf.Method> {
  const { uri, authentication } = proto.endpoint;
  const read = async (address: string): Promise<string> => {
    // What the proto imports from its own server is read as the proto itself is.
    const own = address === uri || sameOrigin(address, uri);
    const endpoint = { uri: address, ...(own && authentication && { authentication }) };
    return Buffer.from(await readContent(deps, { endpoint }, context)).toString('utf8');
  };
  return loadMethod(uri, { service: service.name, method }, read, resourceAddress);
}

function sameOrigin(a: string, b: string): boolean {
  return URL.parse(a)?.origin === URL.parse(b)?.origin;
}

async function metadataOf(deps: CallDeps, policy: Authentication | undefined, context: ActivityContext) {
  const metadata = new Metadata();
  metadata.set('idempotency-key', context.call.key);
  if (policy) metadata.set('authorization', await authorization(deps, policy, context));
  return metadata;
}

function typesOf({ resolvedRequestType, resolvedResponseType, name }: protobuf.Method) {
  if (resolvedRequestType && resolvedResponseType) {
    return { requestType: resolvedRequestType, answerType: resolvedResponseType };
  }
  throw applicationException('configuration', `the messages of method "${name}" are not in the proto`);
}

type Exchange = { request: Buffer; metadata: Metadata; signal: AbortSignal };

/** Sends one message and reads what comes. On the wire all kinds of methods look the same: streams of one or more. */
async function exchange(client: Client, method: protobuf.Method, { request, metadata, signal }: Exchange) {
  const path = `/${method.parent?.fullName.slice(1)}/${method.name}`;
  const deadline = Date.now() + ANSWER_MS;
  const asIs = (bytes: Buffer): Buffer => bytes;
  const call = client.makeBidiStreamRequest(path, asIs, asIs, metadata, { deadline });
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const answers: Buffer[] = [];
  let size = 0;
  try {
    call.write(request);
    call.end();
    for await (const answer of call as AsyncIterable<Buffer>) {
      answers.push(answer);
      size += answer.length;
      if (size > MAX_CONTENT_BYTES || answers.length > MAX_MESSAGES) throw tooMuch(path);
    }
    return answers;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (signal.aborted) throw signal.reason;
    throw statusProblem(error.code, error.details, { method: path, idempotent: isIdempotent(method), cause: error });
  } finally {
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}

function tooMuch(path: string) {
  const bounds = `${MAX_MESSAGES} messages or ${MAX_CONTENT_BYTES} bytes`;
  return applicationException('communication', `${path} answered with more than ${bounds}`, { retryable: false });
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code in status;
}

function isIdempotent({ options }: protobuf.Method): boolean {
  const level: unknown = options?.['idempotency_level'];
  return level === 'NO_SIDE_EFFECTS' || level === 'IDEMPOTENT';
}

function single(answers: unknown[], { name }: protobuf.Method): unknown {
  if (answers.length === 1) return answers[0];
  throw applicationException('communication', `${name} gave ${answers.length} answers where one is due`, {
    retryable: false,
  });
}
