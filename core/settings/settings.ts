import { z } from 'zod';
import { LifecycleEvents } from '../model/lifecycle.ts';
import { CallSettings, ProcessSettings } from './calls.ts';
import { Departments, DepartmentSettings } from './departments.ts';
import { FormSettings } from './forms.ts';
import { HookSettings } from './hooks.ts';
import { LedgerSettings } from './ledgers.ts';
import { MailboxSettings, SmtpSettings } from './mail.ts';
import { PlaceSettings } from './places.ts';
import { SecretName } from './secret-name.ts';
import { TargetSettings } from './targets.ts';

export const Language = z.enum(['pl', 'en']);
export type Language = z.infer<typeof Language>;

/** One address, or a network in CIDR notation. */
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const Person = z.strictObject({
  name: z.string(),
  email: z.email(),
  language: Language.default('en'),
  authenticator: SecretName.optional().describe('Secret of their authenticator (RFC 6238), in Base32'),
});
export type Person = z.infer<typeof Person>;

/** `zaplecze.yaml`: what belongs to the place where definitions run, never to the definitions. */
export const Settings = z.strictObject({
  company: z.strictObject({ name: z.string(), vatId: z.string().optional() }),
  timeZone: z.string().default('Europe/Warsaw'),
  holidays: z.string().length(2).default('PL').describe('Country of the holiday calendar, ISO 3166-1 alpha-2'),
  publicUrl: z.url().describe('Address at which approvers reach the server'),
  server: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.number().int().default(8480),
      trustedProxies: z
        .array(Network)
        .default([])
        .describe(
          'Proxies in front of the server, as addresses or networks (10.0.0.0/8): their X-Forwarded-For is trusted',
        ),
    })
    .prefault({}),
  smtp: SmtpSettings,
  people: z.array(Person).default([]),
  approvals: z
    .strictObject({
      domains: z
        .array(z.string().toLowerCase())
        .default([])
        .describe('Mail domains to which approvers may hand over, in addition to people known here'),
    })
    .prefault({}),
  forms: FormSettings.prefault({}),
  roles: z.record(z.string(), z.array(z.email())).default({}),
  mailboxes: z.record(z.string(), MailboxSettings).default({}),
  hooks: z
    .record(z.string().regex(/^[\w.-]+$/), HookSettings)
    .default({})
    .describe('Webhooks by name: /hooks/<name>'),
  places: z.record(z.string().regex(/^[\w.-]+$/), PlaceSettings).default({}),
  targets: z.record(z.string(), TargetSettings).default({}),
  ledgers: z.record(z.string(), LedgerSettings).default({}),
  documents: z
    .strictObject({
      passwords: z.array(SecretName).default([]).describe('Passwords to try for encrypted PDFs'),
      secondReader: z
        .boolean()
        .default(false)
        .describe(
          'Ask a second reader where the first is unsure about a scan; install it with npm run setup -- second-reader',
        ),
    })
    .prefault({}),
  departments: Departments.optional().describe(
    'What each department owns; without it, everything belongs to everybody',
  ),
  shared: DepartmentSettings.prefault({}).describe('What all departments may use'),
  deploying: z
    .strictObject({
      fourEyes: z
        .enum(['payments', 'always', 'never'])
        .default('payments')
        .describe('Which definitions a second person must confirm; payments: those that book or pay'),
    })
    .prefault({}),
  calls: CallSettings.prefault({}),
  processes: ProcessSettings.prefault({}),
  lifecycleEvents: LifecycleEvents.default('workflow').describe('Events about runs, or also about each task'),
  lifecycleStatus: z.boolean().default(false).describe('Also send an event for each change of status'),
  sheets: z
    .string()
    .default('sheets')
    .describe('Folder of spreadsheets: an absolute path, or relative to the state folder'),
});
export type Settings = z.infer<typeof Settings>;
