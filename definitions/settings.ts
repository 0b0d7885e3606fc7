import { z } from 'zod';
import { LifecycleEvents } from './model/lifecycle.ts';

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
  dkim: z
    .strictObject({
      domain: z.string().describe('Domain that signs, that of the sender'),
      selector: z.string().describe('Name of the key in the DNS, before ._domainkey'),
      key: SecretName.describe('Secret with the private key, PEM'),
    })
    .optional()
    .describe('Signs every mail (RFC 6376), where the server does not do it'),
});
export type SmtpSettings = z.infer<typeof SmtpSettings>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as "06:30"');
const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'write a local time as "2026-12-24T18:00"');

/** What a target bears, of all workers together. */
export const TargetLimits = z.strictObject({
  sessions: z.number().int().min(1).default(1).describe('Forms of one user at once'),
  perMinute: z.number().int().min(1).optional().describe('Forms begun within a minute, of all users'),
  open: z
    .strictObject({ from: TimeOfDay, to: TimeOfDay, days: z.enum(['every', 'working']).default('every') })
    .optional()
    .describe('Opening hours in the time zone of the company; outside of them forms wait'),
  maintenance: z
    .array(z.strictObject({ from: LocalTime, to: LocalTime }))
    .optional()
    .describe('Windows in which the target is not to be used'),
});
export type TargetLimits = z.infer<typeof TargetLimits>;

/** A legacy web application that bots fill. */
export const TargetSettings = z.strictObject({
  url: z.url(),
  user: z.string().optional(),
  password: SecretName.optional(),
  totp: SecretName.optional().describe('Secret of one-time codes (RFC 6238): base32, or an otpauth:// address'),
  limits: TargetLimits.optional(),
});
export type TargetSettings = z.infer<typeof TargetSettings>;

/** How a target that imports files writes them. */
export const CsvDialect = z.strictObject({
  delimiter: z.string().length(1).default(';'),
  quote: z.string().length(1).default('"'),
  decimal: z.enum(['.', ',']).default(','),
  date: z
    .string()
    .regex(
      /^(?=.*YY)(?=.*MM)(?=.*DD)[YMD./\- ]+$/,
      'a date pattern has YYYY (or YY), MM and DD, for example DD.MM.YYYY',
    )
    .default('YYYY-MM-DD'),
  encoding: z.enum(['utf-8', 'windows-1250', 'windows-1252', 'iso-8859-2', 'ibm866']).default('windows-1250'),
  newline: z.enum(['crlf', 'lf']).default('crlf'),
  header: z.boolean().default(true),
});
export type CsvDialect = z.infer<typeof CsvDialect>;

/** What a column of an import file may hold, for each VAT rate of a posting. */
const CsvValue = z.enum([
  'reference',
  'number',
  'supplier',
  'supplierVatId',
  'issueDate',
  'saleDate',
  'dueDate',
  'currency',
  'account',
  'costCentre',
  'vatRate',
  'net',
  'vat',
  'gross',
  'description',
]);
export type CsvValue = z.infer<typeof CsvValue>;

/** Titles by which a Polish accounting program that imports text files usually knows its columns. */
const CSV_COLUMNS: Record<string, CsvValue> = {
  'Numer wewnętrzny': 'reference',
  'Numer faktury': 'number',
  Kontrahent: 'supplier',
  NIP: 'supplierVatId',
  'Data wystawienia': 'issueDate',
  'Data sprzedaży': 'saleDate',
  'Termin płatności': 'dueDate',
  Waluta: 'currency',
  Konto: 'account',
  MPK: 'costCentre',
  Stawka: 'vatRate',
  Netto: 'net',
  VAT: 'vat',
  Brutto: 'gross',
  Opis: 'description',
};

/** A target may import once an hour; an attempt waits at most this long and looks again later. */
const MAX_PATIENCE_SECONDS = 480;

const everyLedger = {
  account: z.string().optional().describe('Default expense account'),
  closedUntil: z.iso
    .date()
    .optional()
    .describe('Last day of what is closed: nothing is booked up to it. For ledgers that do not know it themselves'),
};

export const LedgerSettings = z.discriminatedUnion('driver', [
  z.strictObject({ ...everyLedger, driver: z.literal('form'), form: z.string(), target: z.string() }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('tryton'),
    target: z
      .string()
      .describe('Target whose address is that of the database, for example https://books.example/acme/'),
    payable: z.string().describe('Code of the account that suppliers are owed on'),
    taxes: z.record(z.string(), z.string()).default({}).describe('Name of the tax by VAT rate; zw, np, oo need none'),
  }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('journal'),
    file: z.string().describe('Plain-text journal, relative to the state folder'),
    chart: z.string().optional().describe('File of `account` and `payee` directives: then only these are allowed'),
    account: z.string().default('Expenses:Purchases'),
    vatAccount: z.string().default('Assets:VAT receivable'),
    payable: z.string().default('Liabilities:Payable'),
  }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('csv'),
    folder: z.string().describe('Folder that the target imports files from, relative to the state folder'),
    dialect: CsvDialect.prefault({}),
    columns: z.record(z.string(), CsvValue).default(CSV_COLUMNS).describe('What each column holds, in their order'),
    acknowledged: z
      .string()
      .default('.ok')
      .describe('Ending of the file by which the target says that it has imported one'),
    refused: z.string().default('.err').describe('Ending of the file by which the target says that it has not'),
    patience: z
      .number()
      .int()
      .min(1)
      .max(MAX_PATIENCE_SECONDS)
      .default(120)
      .describe('Seconds that one attempt waits for the acknowledgement'),
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
  documents: z
    .strictObject({
      passwords: z.array(SecretName).default([]).describe('Passwords that encrypted PDFs are tried with'),
      secondReader: z
        .boolean()
        .default(false)
        .describe(
          'Ask a second reader where the first is unsure of a scan; npm run setup -- second-reader puts it in place',
        ),
    })
    .prefault({}),
  calls: CallSettings.prefault({}),
  processes: ProcessSettings.prefault({}),
  lifecycleEvents: LifecycleEvents.default('workflow').describe('Events about runs, or also about each task'),
  lifecycleStatus: z.boolean().default(false).describe('Also an event for each change of their status'),
  sheets: z.string().default('sheets').describe('Folder of spreadsheets, relative to the state folder'),
});
export type Settings = z.infer<typeof Settings>;
