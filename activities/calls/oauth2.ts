import { createHash, createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { parseContent } from './content.ts';
import type { CallDeps } from './deps.ts';
import { addressOf, send, type HttpRequest, type HttpResponse } from './request.ts';

const SecurityToken = z.object({ token: z.string(), type: z.string() });

/** DSL "OAuth2 Authentication" and "OpenIdConnect Authentication". */
export const OAuth2 = z.object({
  authority: z.string(),
  grant: z.string(),
  client: z
    .object({
      id: z.string().optional(),
      secret: z.string().optional(),
      assertion: z.string().optional(),
      authentication: z.string().default('client_secret_post'),
    })
    .optional(),
  request: z.object({ encoding: z.string().optional() }).optional(),
  issuers: z.array(z.string()).optional(),
  scopes: z.array(z.string()).default([]),
  audiences: z.array(z.string()).default([]),
  username: z.string().optional(),
  password: z.string().optional(),
  subject: SecurityToken.optional(),
  actor: SecurityToken.optional(),
  endpoints: z.object({ token: z.string().default('/oauth2/token') }).optional(),
});
export type OAuth2 = z.infer<typeof OAuth2>;

const TokenResponse = z.object({ access_token: z.string(), expires_in: z.coerce.number().optional() });
const Discovery = z.object({ token_endpoint: z.url() });

/** A token is renewed this long before its end, so that it does not expire on its way. */
const RENEWAL_MS = 30_000;
/** How long a token counts whose end the server does not tell. */
const UNTOLD_LIFE_MS = 60_000;
/** Tokens kept: one for each policy in use on this worker. */
const MAX_TOKENS = 200;
/** A signed client assertion is used at once. */
const ASSERTION_LIFE_S = 60;
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** In the memory of the worker only, by a hash of the whole policy. */
const tokens = new Map<string, { token: string; until: number }>();

type TokenOptions = { signal: AbortSignal; discover: boolean };

/** An access token by the policy (RFC 6749; RFC 8693 for exchange), kept until it ends. `discover`: OpenID Connect. */
export async function accessToken(deps: CallDeps, policy: OAuth2, options: TokenOptions): Promise<string> {
  const key = keyOf(policy);
  const kept = tokens.get(key);
  if (kept && kept.until > Date.now()) return kept.token;
  const endpoint = await tokenEndpoint(deps, policy, options);
  const request = tokenRequest(endpoint, policy);
  const response = await send(deps, request, { ...options, redirect: false, accept: REFUSALS });
  if (REFUSALS.includes(response.status)) throw refused(endpoint, response);
  const parsed = TokenResponse.safeParse(parseContent(response.content, response.headers.get('content-type')));
  if (!parsed.success) throw applicationException('authentication', `${endpoint.origin} gave no access token`);
  const { access_token: token, expires_in: life } = parsed.data;
  checkIssuer(token, policy.issuers);
  if (tokens.size >= MAX_TOKENS) tokens.clear();
  tokens.set(key, { token, until: Date.now() + (life === undefined ? UNTOLD_LIFE_MS : life * 1000) - RENEWAL_MS });
  return token;
}

/** Statuses by which a server refuses the client or the grant (RFC 6749, 5.2). */
const REFUSALS: readonly number[] = [400, 401, 403];
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() });

function refused({ origin }: URL, { status, headers, content }: HttpResponse) {
  const said = Refusal.safeParse(parseContent(content, headers.get('content-type'))).data;
  const why = said ? `${said.error}${said.error_description ? ` (${said.error_description})` : ''}` : String(status);
  return applicationException('authentication', `${origin} gave no access token: ${why}`);
}

/** Forgets a token that a service no longer takes. */
export function forgetToken(policy: OAuth2): void {
  tokens.delete(keyOf(policy));
}

function keyOf(policy: OAuth2): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex');
}

/** The policy's own path below the authority, or what the authority's discovery document says (OIDC Discovery 4). */
async function tokenEndpoint(deps: CallDeps, policy: OAuth2, options: TokenOptions) {
  const authority = policy.authority.replace(/\/$/, '');
  if (!options.discover) return addressOf(authority + (policy.endpoints?.token ?? '/oauth2/token'));
  const address = authority.endsWith('openid-configuration')
    ? authority
    : `${authority}/.well-known/openid-configuration`;
  const request = { method: 'GET', url: addressOf(address), headers: new Headers() };
  const { content } = await send(deps, request, { ...options, redirect: true });
  const parsed = Discovery.safeParse(parseContent(content, 'application/json'));
  if (!parsed.success) throw applicationException('authentication', `${address} names no token endpoint`);
  return new URL(parsed.data.token_endpoint);
}

function tokenRequest(url: URL, policy: OAuth2): HttpRequest {
  const fields = { ...grantFields(policy), ...clientFields(policy, url) };
  const headers = new Headers({ accept: 'application/json' });
  const { id = '', secret = '', authentication } = policy.client ?? {};
  if (authentication === 'client_secret_basic') {
    const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  const type = policy.request?.encoding ?? 'application/x-www-form-urlencoded';
  headers.set('content-type', type);
  const body = type === 'application/json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
  return { method: 'POST', url, headers, body };
}

function grantFields(policy: OAuth2): Record<string, string> {
  const { grant, scopes, audiences, username, password, subject, actor } = policy;
  if (grant === 'authorization_code') {
    throw applicationException(
      'configuration',
      'the grant authorization_code needs a person at a browser: use another',
    );
  }
  return {
    grant_type: grant,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(audiences.length > 0 && { audience: audiences.join(' ') }),
    ...(grant === 'password' && { username: username ?? '', password: password ?? '' }),
    ...(grant === 'refresh_token' && subject && { refresh_token: subject.token }),
    ...(grant !== 'refresh_token' && subject && { subject_token: subject.token, subject_token_type: subject.type }),
    ...(actor && { actor_token: actor.token, actor_token_type: actor.type }),
  };
}

/** RFC 6749 2.3.1, RFC 7523 2.2. */
function clientFields({ client }: OAuth2, audience: URL): Record<string, string> {
  const { id, secret, assertion, authentication = 'client_secret_post' } = client ?? {};
  const named: Record<string, string> = id === undefined ? {} : { client_id: id };
  if (authentication === 'client_secret_basic') return {};
  if (authentication === 'none') return named;
  if (authentication === 'client_secret_post')
    return { ...named, ...(secret !== undefined && { client_secret: secret }) };
  if (authentication === 'private_key_jwt' && assertion === undefined) {
    throw applicationException(
      'configuration',
      'client.authentication private_key_jwt needs client.assertion, a signed JWT',
    );
  }
  const signed = assertion ?? signedAssertion(id ?? '', secret ?? '', audience);
  return { ...named, client_assertion_type: JWT_BEARER, client_assertion: signed };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signedAssertion(id: string, secret: string, audience: URL): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: id, sub: id, aud: audience.href, jti: randomUUID(), iat: now, exp: now + ASSERTION_LIFE_S };
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}

/** DSL: `issuers` lists who may issue tokens. A token that does not tell its issuer is not accepted then. */
function checkIssuer(token: string, issuers: readonly string[] | undefined): void {
  if (!issuers || issuers.length === 0) return;
  const issuer = issuerOf(token);
  if (issuer !== undefined && issuers.includes(issuer)) return;
  throw applicationException(
    'authentication',
    `the token comes from ${issuer ?? 'an unknown issuer'}, not from ${issuers.join(', ')}`,
  );
}

function issuerOf(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return z.object({ iss: z.string() }).safeParse(claims).data?.iss;
  } catch {
    return undefined;
  }
}
