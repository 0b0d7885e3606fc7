import { z } from 'zod';
import { DatePattern } from '../model/date-pattern.ts';
import { CsvDialect } from '../settings/ledgers.ts';
import { Field, Seen, Template } from './field.ts';
import { Step } from './step.ts';

/** Seconds that one step may take: long for a person, usual for a legacy server under load. */
const DEFAULT_PATIENCE_SECONDS = 30;
const MAX_PATIENCE_SECONDS = 120;
/** A list that lags for longer is no proof that a bot could wait for. */
const MAX_SETTLES_SECONDS = 600;

const Parameter: z.ZodType<Parameter> = z.strictObject({
  type: z.enum(['text', 'date', 'amount', 'number', 'list', 'file']).default('text'),
  optional: z.boolean().default(false),
  maxLength: z.number().int().min(1).optional().describe('Characters that the target keeps'),
  about: z.string().optional(),
  get of() {
    return z.record(z.string(), Parameter).optional().describe('Parameters of each item of a list');
  },
});
export type Parameter = {
  type: 'text' | 'date' | 'amount' | 'number' | 'list' | 'file';
  optional: boolean;
  maxLength?: number;
  about?: string;
  of?: Record<string, Parameter>;
};

/** How this target writes dates and amounts. */
export const Formats = z.strictObject({
  date: DatePattern.default('YYYY-MM-DD'),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum(['', ',', '.', ' ', "'"]).default(''),
});
export type Formats = z.infer<typeof Formats>;

const Target = z.strictObject({
  name: z.string().describe('Name of the target in the settings'),
  hosts: z.array(z.string()).default([]).describe('Hosts allowed beside the one of the target itself'),
  start: Template.describe('Address of the first page after login, relative to the target; every run starts there'),
  login: z
    .array(Step)
    .min(1)
    .describe('Steps to log in; {user}, {password} and the one-time {code} are known here only'),
  'signed out': z
    .union([Seen, z.array(Seen).min(1)])
    .describe('What is on the screen when there is no session, or no longer'),
  'always log in': z
    .literal(true)
    .optional()
    .describe(
      'No address leads back into a session: every look and every write logs in, and begins on the page after it',
    ),
  'signed in': Seen.optional().describe('What is on the screen after the login'),
  patience: z.number().int().min(1).max(MAX_PATIENCE_SECONDS).default(DEFAULT_PATIENCE_SECONDS).describe('Seconds'),
  reads: z
    .array(z.string().regex(/^\//, 'write a path, beginning with /'))
    .default([])
    .describe('Paths whose requests only read although they are sent by POST: for a dry run'),
  dialogs: z
    .array(
      z.strictObject({
        says: z.string().describe('Part of the message'),
        answer: z.enum(['ok', 'cancel']).default('ok'),
        as: z.string().optional().describe('Business exception that the message means'),
      }),
    )
    .default([]),
  errors: z
    .array(
      z.strictObject({
        seen: z.string(),
        as: z.string().optional().describe('Business exception that it means'),
        because: Template.optional().describe('What the person who decides reads'),
      }),
    )
    .default([])
    .describe('Texts by which the target says that something went wrong'),
});

/** A file that the target exports or imports. */
const FileShape = z.strictObject({
  dialect: CsvDialect.prefault({}).describe(
    'How its CSV is written; an XLSX needs none, a PDF only how it writes dates and amounts',
  ),
  columns: z
    .record(
      z.string(),
      z.union([
        z.string(),
        z.strictObject({ heading: z.string(), type: z.enum(['text', 'date', 'amount', 'number']).default('text') }),
      ]),
    )
    .describe('Heading of the column by the name of its value, in the order of the file'),
});
export type FileShape = z.infer<typeof FileShape>;

/** How long a target may keep a new record out of its lists. */
const Settles = z
  .string()
  .regex(/^[1-9]\d{0,3} (seconds?|minutes?)$/, 'write for example "30 seconds" or "2 minutes"')
  .refine((text) => secondsOf(text) <= MAX_SETTLES_SECONDS, 'ten minutes at most: after that a person looks');

/** Seconds of "30 seconds" or "2 minutes". */
export function secondsOf(settles: string): number {
  const [count, unit = ''] = settles.split(' ');
  return Number(count) * (unit.startsWith('minute') ? 60 : 1);
}

const Find = z.strictObject({
  steps: z.array(Step).min(1),
  settles: Settles.optional().describe(
    'After so long a record that was written is in the list, whatever it is: only then does its absence prove anything',
  ),
  pages: z.literal('all').optional().describe('The list comes in pages: all of them are read'),
  next: z.string().optional().describe('Field that leads to the next page, where it cannot be told by its words'),
  table: z.record(z.string(), z.string()).describe('Value name by heading of the table of results'),
  nothing: Seen.optional().describe('What is on the screen when there are no results at all'),
  match: z.record(z.string(), Template).describe('Columns that tell the record, all equal'),
  same: z.record(z.string(), Template).default({}).describe('Columns that must be as they were sent'),
  record: z.string().optional().describe('Column with the number that the target gave'),
});

const Confirm = z
  .strictObject({
    'find again': z.literal(true).optional().describe('The record must be found, exactly once'),
    seen: Seen.optional(),
    steps: z.array(Step).default([]).describe('Steps that open the record'),
    same: z.record(z.string(), Template).default({}).describe('Fields that must be as they were sent'),
    record: z.string().optional().describe('Field with the number that the target gave'),
  })
  .refine((confirm) => confirm['find again'] ?? confirm.seen, 'say how it is confirmed: `find again: true` or `seen`');

/** One form of one target: how to find, write and prove a record. One file a form; nothing of it is code. */
export const FormDefinition = z
  .strictObject({
    form: z.string().regex(/^[a-z][a-z0-9-]*$/, 'a form is named in small letters, digits and dashes'),
    title: z.string(),
    effect: z.enum(['posting', 'none']).default('posting').describe('none: the form changes nothing in the target'),
    target: Target,
    formats: Formats.prefault({}),
    parameters: z.record(z.string(), Parameter),
    codes: z.record(z.string(), z.record(z.string(), z.string())).default({}).describe('Code tables of the target'),
    files: z.record(z.string(), FileShape).default({}).describe('Files that the target exports or imports'),
    fields: z.record(z.string(), Field),
    find: Find.optional(),
    write: z.array(Step).min(1),
    confirm: Confirm.optional(),
  })
  .refine((form) => form.effect === 'none' || (form.find && form.confirm), {
    message:
      'a form that posts needs `find` and `confirm`, or it could write twice; mark it `effect: none` if it only reads',
  });
export type FormDefinition = z.infer<typeof FormDefinition>;
export type FindSection = z.infer<typeof Find>;
export type ConfirmSection = z.infer<typeof Confirm>;
