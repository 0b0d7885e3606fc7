import { z } from 'zod';
import { SecretName } from './secret-name.ts';

const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/, 'the name of a header, for example X-Hub-Signature-256')
  .toLowerCase();

/** A signature over the bytes of the body, by a secret that both sides know. */
const Hmac = z.strictObject({
  secret: SecretName,
  secretEncoding: z.enum(['text', 'base64', 'hex']).default('text').describe('How the secret is encoded'),
  header: HeaderName.describe('Header that carries the signature'),
  algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex').describe('How the signature is encoded'),
  prefix: z.string().default('').describe('Text before the signature, for example sha256= or v1='),
  signs: z
    .string()
    .regex(/\{body\}/, 'the signed text must contain {body}')
    .default('{body}')
    .describe('What is signed: the body, or with {timestamp} and {id} before it, for example v0:{timestamp}:{body}'),
  timestamp: z
    .strictObject({
      header: HeaderName,
      prefix: z.string().default('').describe('Text before the timestamp, for example t='),
      toleranceSeconds: z
        .number()
        .int()
        .min(1)
        .max(86_400)
        .default(300)
        .describe('Maximum difference in seconds; an older or later request is refused'),
    })
    .optional()
    .describe('Time of signing, in seconds since 1970; protects against requests replayed by somebody else'),
});
export type HmacSettings = z.infer<typeof Hmac>;

/** A secret that is sent along. Weaker than a signature: whoever sees one request can send others. */
const Token = z.strictObject({
  secret: SecretName,
  header: HeaderName.default('authorization').describe('Header that carries it'),
  prefix: z.string().default('').describe('Text before the token, for example "Bearer "'),
});
export type TokenSettings = z.infer<typeof Token>;

/** One webhook: `/hooks/<name>`. */
export const HookSettings = z
  .strictObject({
    hmac: Hmac.optional(),
    token: Token.optional(),
    id: z
      .union([
        z.strictObject({ header: HeaderName }),
        z.strictObject({ jq: z.string().min(1).describe('Expression over the JSON body, for example .event.id') }),
      ])
      .optional()
      .describe('Identifies the event: requests with the same id are one event; by default, the body itself'),
    type: z.string().min(1).default('webhook.received').describe('Type of the event'),
    headers: z.array(HeaderName).default([]).describe('Headers to include in the event, such as X-GitHub-Event'),
    maxBytes: z
      .number()
      .int()
      .min(1)
      .max(64 * 1024 * 1024)
      .default(10 * 1024 * 1024)
      .describe('Larger requests are refused'),
  })
  .refine(({ hmac, token }) => (hmac === undefined) !== (token === undefined), {
    message: 'give either hmac or token: without one, anybody could start runs',
  })
  .refine(({ hmac, id }) => !hmac?.signs.includes('{id}') || (id !== undefined && 'header' in id), {
    message: 'the signed text contains {id}, so id has to name a header',
  });
export type HookSettings = z.infer<typeof HookSettings>;
