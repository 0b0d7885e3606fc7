import { z } from 'zod';

/** Name of a secret: resolved inside activities only, from ZAPLECZE_SECRET_<NAME> or the secrets file. */
const SecretName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a secret is named in small letters, digits and dashes');

export const Language = z.enum(['pl', 'en']);
export type Language = z.infer<typeof Language>;

export const Person = z.strictObject({
  name: z.string(),
  email: z.email(),
  language: Language.default('en'),
  authenticator: SecretName.optional().describe('Secret of their authenticator (RFC 6238), in Base32'),
});
export type Person = z.infer<typeof Person>;

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
});
export type SmtpSettings = z.infer<typeof SmtpSettings>;

/** A legacy web application that bots fill. */
export const TargetSettings = z.strictObject({
  url: z.url(),
  user: z.string().optional(),
  password: SecretName.optional(),
});
export type TargetSettings = z.infer<typeof TargetSettings>;

export const LedgerSettings = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('form'),
    form: z.string(),
    target: z.string(),
    account: z.string().optional().describe('Default expense account'),
  }),
  z.strictObject({
    driver: z.literal('journal'),
    file: z.string().describe('Plain-text journal, relative to the state folder'),
    account: z.string().default('Expenses:Purchases'),
    vatAccount: z.string().default('Assets:VAT receivable'),
    payable: z.string().default('Liabilities:Payable'),
  }),
]);
export type LedgerSettings = z.infer<typeof LedgerSettings>;

/** A host that calls may reach: `api.example.com`, `*.example.com` for those below it, either with `:port`. */
const HostPattern = z
  .string()
  .regex(
    /^(\*\.)?[a-zA-Z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/,
    'expected a host such as api.example.com or *.example.com',
  );

/** Where `call` and external resources of definitions may go. */
const CallSettings = z.strictObject({
  hosts: z.array(HostPattern).optional().describe('Calls reach these hosts alone; any where absent'),
  plaintext: z.array(HostPattern).default([]).describe('Hosts that speak gRPC without TLS; this machine always may'),
});

/** Processes that definitions may run on the workers' machines. Nothing is allowed unless it stands here. */
const ProcessSettings = z.strictObject({
  allow: z
    .array(z.enum(['script', 'shell', 'container', 'mcp']))
    .default([])
    .describe('Kinds of run; mcp: servers of the Model Context Protocol over stdio'),
  volumes: z.array(z.string()).default([]).describe('Folders of the machine that containers may see'),
});

/** `zaplecze.yaml`: what belongs to the place where definitions run, never to the definitions. */
export const Settings = z.strictObject({
  company: z.strictObject({ name: z.string(), vatId: z.string().optional() }),
  timeZone: z.string().default('Europe/Warsaw'),
  holidays: z.string().length(2).default('PL').describe('Country of the holiday calendar, ISO 3166-1 alpha-2'),
  publicUrl: z.url().describe('Address under which approvers reach the server'),
  server: z.strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().default(8480) }).prefault({}),
  smtp: SmtpSettings,
  people: z.array(Person).default([]),
  approvals: z
    .strictObject({
      domains: z
        .array(z.string().toLowerCase())
        .default([])
        .describe('Domains of mail addresses to which approvers may hand over, beside the people known here'),
    })
    .prefault({}),
  roles: z.record(z.string(), z.array(z.email())).default({}),
  mailboxes: z.record(z.string(), MailboxSettings).default({}),
  targets: z.record(z.string(), TargetSettings).default({}),
  ledgers: z.record(z.string(), LedgerSettings).default({}),
  calls: CallSettings.prefault({}),
  processes: ProcessSettings.prefault({}),
  sheets: z.string().default('sheets').describe('Folder of spreadsheets, relative to the state folder'),
});
export type Settings = z.infer<typeof Settings>;
