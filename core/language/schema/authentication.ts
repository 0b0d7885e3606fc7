import { z } from 'zod';
import { byKey, choose, isObject } from './choose.ts';
import { UriTemplate } from './text.ts';

/** The secret of that name holds the properties. */
const FromSecret = z.strictObject({ use: z.string().min(1).describe('Name of a secret of use.secrets') });

const orSecret = <T extends z.ZodType>(inline: T, expected: string) =>
  choose(
    [inline, FromSecret],
    (value) => (isObject(value) ? ('use' in value ? FromSecret : inline) : undefined),
    expected,
  );

const Credentials = z.strictObject({ username: z.string(), password: z.string() });
const Token = z.strictObject({ token: z.string() });
const OAuth2Token = z.strictObject({ token: z.string(), type: z.string() });

const oauth2 = {
  authority: UriTemplate,
  grant: z.enum([
    'authorization_code',
    'client_credentials',
    'password',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:token-exchange',
  ]),
  client: z
    .strictObject({
      id: z.string().optional(),
      secret: z.string().optional(),
      assertion: z.string().optional(),
      authentication: z
        .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'])
        .optional(),
    })
    .optional(),
  request: z
    .looseObject({ encoding: z.enum(['application/x-www-form-urlencoded', 'application/json']).optional() })
    .optional(),
  issuers: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
  audiences: z.array(z.string()).optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  subject: OAuth2Token.optional(),
  actor: OAuth2Token.optional(),
};

const OAuth2Endpoints = z.looseObject({
  token: UriTemplate.optional(),
  revocation: UriTemplate.optional(),
  introspection: UriTemplate.optional(),
});
const OAuth2 = z.strictObject({ ...oauth2, endpoints: OAuth2Endpoints.optional() });
const OpenIdConnect = z.strictObject(oauth2);

const Basic = z.strictObject({ basic: orSecret(Credentials, 'username and password, or use: a secret') });
const Bearer = z.strictObject({ bearer: orSecret(Token, 'a token, or use: a secret') });
const Digest = z.strictObject({ digest: orSecret(Credentials, 'username and password, or use: a secret') });
const OAuth2Policy = z.strictObject({ oauth2: orSecret(OAuth2, 'authority and grant, or use: a secret') });
const OidcPolicy = z.strictObject({ oidc: orSecret(OpenIdConnect, 'authority and grant, or use: a secret') });
const Reference = z.strictObject({ use: z.string().min(1).describe('Name of a policy of use.authentications') });

const SCHEMES = 'an authentication: basic, bearer, digest, oauth2 or oidc';

/** DSL "Authentication". */
export const AuthenticationPolicy = byKey(
  { basic: Basic, bearer: Bearer, digest: Digest, oauth2: OAuth2Policy, oidc: OidcPolicy },
  SCHEMES,
).meta({ id: 'AuthenticationPolicy' });

/** A policy in place, or the name of one of `use.authentications`. */
export const Authentication = byKey(
  { use: Reference, basic: Basic, bearer: Bearer, digest: Digest, oauth2: OAuth2Policy, oidc: OidcPolicy },
  `${SCHEMES}, or use: the name of one`,
).meta({ id: 'Authentication' });
