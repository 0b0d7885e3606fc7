import { z } from 'zod';
import { Seen, Template } from './field.ts';

const fieldName = z.string().min(1).describe('Name of a field under `fields`');
const byField = z.record(fieldName, Template).describe('Value by field, in the order in which they are written');

/** The verbs, as an accountant says them. Each step has exactly one. */
export const STEP_VERBS = [
  'open',
  'menu',
  'fill',
  'choose',
  'tick',
  'press',
  'commit',
  'wait for',
  'read',
  'check',
  'stop if',
  'read table',
  'upload',
  'attach',
  'key',
  'leave',
  'hover',
  'double',
  'scroll',
  'download',
  'repeat',
  'when',
] as const;
export type StepVerb = (typeof STEP_VERBS)[number];

/** One of several lasting presses, such as save and then post. */
const LastingPress = z.strictObject({
  press: fieldName,
  shows: z
    .record(z.string(), Template)
    .refine((columns) => Object.keys(columns).length > 0, 'name at least one column')
    .describe('Columns of `find` that say that this press has happened'),
  get from() {
    return z.optional(z.array(Step)).describe('How to get from the list to this press; without it, as `confirm` does');
  },
});

/** The field that a `commit` presses. */
export const committed = (commit: NonNullable<Step['commit']>): string =>
  typeof commit === 'string' ? commit : commit.press;

/**
 * One step of a form, with exactly one verb (checked with the names, so that the message can list the verbs). Frames,
 * pop-up windows and server round trips need no word: the bot follows them by itself.
 */
export const Step = z.strictObject({
  open: Template.optional().describe('Address, relative to the target'),
  menu: Template.optional().describe('Way through the menu: AP > Add Transaction'),
  fill: byField.optional(),
  choose: byField.optional().describe('Option by its text, its value or the code that it begins with'),
  tick: z.record(fieldName, z.boolean()).optional().describe('yes or no by field'),
  press: fieldName.optional().describe('Button or link without a lasting effect'),
  commit: z
    .union([fieldName, LastingPress])
    .optional()
    .describe('A press that cannot be taken back; with several, each says how the list shows that it has happened'),
  'wait for': Seen.optional(),
  read: z.record(z.string(), fieldName).optional().describe('Value name by field, for use in later steps'),
  check: byField.optional().describe('Fields that must show this before it goes on'),
  'stop if': z
    .strictObject({
      seen: Seen,
      as: z.string().describe('Name of the business exception, e.g. unknown-supplier'),
      because: Template.describe('What the person who decides reads'),
    })
    .optional(),
  'read table': z
    .strictObject({
      columns: z.record(z.string(), z.string()).describe('Heading of the column by the name that its value gets'),
      into: z.string().describe('Name of the table in the result'),
    })
    .optional()
    .describe('Keeps a table that is on the screen'),
  upload: z
    .strictObject({
      field: fieldName,
      file: z.string().describe('Which file of `files` to make'),
      rows: z.string().describe('List parameter with its rows'),
    })
    .optional()
    .describe('Makes a file in the form that the target imports, and puts it into the field'),
  attach: z
    .strictObject({
      field: fieldName.describe('The field for files, or the button that opens it'),
      file: z.string().describe('Parameter with the file, or with several'),
    })
    .optional()
    .describe('Puts files of the run, such as the invoice itself, into a field'),
  key: z
    .string()
    .regex(/^[A-Za-z0-9+]+$/, 'write a key, for example Enter, Tab, Escape, ArrowDown, F4 or Control+S')
    .optional()
    .describe('Presses a key: Enter, Tab, Escape, ArrowDown, F4, Control+S'),
  leave: fieldName.optional().describe('Leaves a field, as by clicking elsewhere'),
  hover: fieldName.optional().describe('Points at it'),
  double: fieldName.optional().describe('Clicks it twice'),
  scroll: fieldName.optional().describe('Scrolls until it is seen'),
  download: z
    .strictObject({
      press: fieldName.describe('What starts the download'),
      file: z.string().describe('Which file of `files` it is'),
      into: z.string().describe('Name of the table in the result'),
    })
    .optional()
    .describe('Downloads a report (CSV, XLSX or PDF) and reads it'),
  /** Steps for each item of a list; `{row}` is its number from 1. */
  get repeat() {
    return z.optional(z.strictObject({ for: z.string(), as: z.string(), do: z.array(Step) }));
  },
  /** Steps only when a value is not empty (or equal to `is`), or something is seen. */
  get when() {
    const condition = { value: Template.optional(), is: Template.optional(), seen: Seen.optional() };
    return z.optional(z.strictObject({ ...condition, do: z.array(Step) }));
  },
});
export type Step = z.infer<typeof Step>;
