import { z } from 'zod';
import { SecretName } from './secret-name.ts';

/** One IMAP mailbox that is watched. */
export const MailboxSettings = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  tls: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  /** Accept a self-signed certificate; for servers on this machine only. */
  trustAnyCertificate: z.boolean().default(false),
  user: z.string(),
  password: SecretName,
  folder: z.string().default('INBOX'),
  processed: z.string().default('Processed'),
  quarantine: z.string().default('Quarantine'),
  pollSeconds: z.number().int().min(1).default(60),
  authenticatedBy: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Name of the receiving server in Authentication-Results (authserv-id, RFC 8601), whose SPF, DKIM and DMARC count',
    ),
});
export type MailboxSettings = z.infer<typeof MailboxSettings>;

export const SmtpSettings = z.strictObject({
  host: z.string(),
  port: z.number().int(),
  tls: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
  trustAnyCertificate: z.boolean().default(false),
  user: z.string().optional(),
  password: SecretName.optional(),
  from: z.string().describe('Sender, for example "Zaplecze <bot@example.com>"'),
  dkim: z
    .strictObject({
      domain: z.string().describe('Signing domain: the sender’s domain'),
      selector: z.string().describe('Name of the key in DNS, before ._domainkey'),
      key: SecretName.describe('Secret with the private key, PEM'),
    })
    .optional()
    .describe('Signs every mail (RFC 6376), if the mail server does not'),
});
export type SmtpSettings = z.infer<typeof SmtpSettings>;
