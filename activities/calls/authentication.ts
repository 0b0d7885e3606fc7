import { z } from 'zod';
import type { CallInfo } from '../../core/model/call.ts';
import { applicationException } from '../../core/model/problem.ts';
import { findSecret } from '../../core/expressions/secret-marks.ts';
import type { CallDeps } from './deps.ts';
import { answerChallenge } from './digest.ts';
import { accessToken, forgetToken, OAuth2 } from './oauth2.ts';
import { send, type HttpRequest, type HttpResponse, type SendOptions } from './request.ts';

const FromSecret = z.object({ use: z.string() });
const Credentials = z.object({ username: z.string(), password: z.string() });
const Token = z.object({ token: z.string() });

/** Policies as they come out of the workflow: evaluated, references resolved, secrets in place (DSL "Authentication"). */
export const Authentication = z.union([
  z.object({ basic: z.union([Credentials, FromSecret]) }),
  z.object({ bearer: z.union([Token, FromSecret]) }),
  z.object({ digest: z.union([Credentials, FromSecret]) }),
  z.object({ oauth2: z.union([OAuth2, FromSecret]) }),
  z.object({ oidc: z.union([OAuth2, FromSecret]) }),
]);
export type Authentication = z.infer<typeof Authentication>;

/** Sends a request with what the policy adds to it. */
export async function sendAuthenticated(
  deps: CallDeps,
  request: HttpRequest,
  authentication: Authentication | undefined,
  options: SendOptions & { call: CallInfo },
): Promise<HttpResponse> {
  if (!authentication) return send(deps, request, options);
  if ('digest' in authentication) {
    const credentials = await inPlace(deps, options.call, Credentials, authentication.digest);
    return sendDigest(deps, request, credentials, options);
  }
  request.headers.set('authorization', await authorization(deps, authentication, options));
  const policy = await tokenPolicy(deps, authentication, options.call);
  if (!policy) return send(deps, request, options);
  const answer = await send(deps, request, { ...options, accept: [...(options.accept ?? []), 401] });
  if (answer.status !== 401) return answer;
  // A kept token may have been revoked: once more, with a fresh one.
  forgetToken(policy);
  request.headers.set('authorization', await authorization(deps, authentication, options));
  return send(deps, request, options);
}

/** The policy whose tokens are kept, of those that have one. */
async function tokenPolicy(deps: CallDeps, authentication: Authentication, call: CallInfo) {
  if ('oauth2' in authentication) return inPlace(deps, call, OAuth2, authentication.oauth2);
  return 'oidc' in authentication ? inPlace(deps, call, OAuth2, authentication.oidc) : undefined;
}

/**
 * Value of the Authorization header: RFC 7617 (basic), RFC 6750 (bearer). Digest has none before the server asks: a
 * problem of type `configuration` for what cannot be asked.
 */
export async function authorization(
  deps: CallDeps,
  authentication: Authentication,
  { call, signal }: { call: CallInfo; signal: AbortSignal },
): Promise<string> {
  const read = <T extends z.ZodType>(schema: T, value: unknown) => inPlace(deps, call, schema, value);
  if ('digest' in authentication) {
    throw applicationException('configuration', 'digest authentication works only over HTTP: use basic or bearer');
  }
  if ('basic' in authentication) {
    const { username, password } = await read(Credentials, authentication.basic);
    return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  }
  if ('bearer' in authentication) return `Bearer ${(await read(Token, authentication.bearer)).token}`;
  const discover = 'oidc' in authentication;
  const policy = await read(OAuth2, discover ? authentication.oidc : authentication.oauth2);
  return `Bearer ${await accessToken(deps, policy, { signal, discover })}`;
}

/** RFC 7616: asks once without, answers the challenge. */
async function sendDigest(
  deps: CallDeps,
  request: HttpRequest,
  credentials: z.infer<typeof Credentials>,
  options: SendOptions,
): Promise<HttpResponse> {
  const first = await send(deps, request, { ...options, accept: [401] });
  if (first.status !== 401) return first;
  const challenge = first.headers.get('www-authenticate') ?? '';
  request.headers.set('authorization', answerChallenge(challenge, request, credentials));
  return send(deps, request, options);
}

/** Properties in place, or the JSON that the named secret holds. A bearer's secret may be the bare token. */
async function inPlace<T extends z.ZodType>(
  deps: CallDeps,
  call: CallInfo,
  schema: T,
  value: unknown,
): Promise<z.infer<T>> {
  const reference = FromSecret.safeParse(value);
  if (!reference.success) return schema.parse(value);
  const { use } = reference.data;
  const secret = await findSecret(use, call.secrets, deps.secret);
  const parsed = schema.safeParse(parseSecret(secret));
  if (parsed.success) return parsed.data;
  throw applicationException(
    'configuration',
    `secret "${use}" does not hold what this authentication needs: JSON with ${z.prettifyError(parsed.error)}`,
  );
}

function parseSecret(secret: string): unknown {
  try {
    return JSON.parse(secret);
  } catch {
    return { token: secret };
  }
}
