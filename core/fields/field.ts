import { z } from 'zod';
import { Amount, Currency } from '../model/money.ts';
import { Label } from '../model/subject.ts';

/** A field is named as jq reads it: `.days`, `.start_date`. */
const NAME = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,40}$/, 'a field is named in letters, digits and _, and begins with a small letter');

/** What a person writes in one line, and on half a page. */
const TEXT_LENGTH = 200;
const LONG_TEXT_LENGTH = 4000;
/** More options are a search, not a list. */
const MAX_OPTIONS = 200;
/** More fields are a form of several pages, which nobody fills in on a phone. */
const MAX_FIELDS = 60;
const MAX_COLUMNS = 8;
const MAX_ROWS = 30;
const MAX_FILES = 10;

const Option = z.union([
  z.string().min(1).max(200),
  z.strictObject({ value: z.string().min(1).max(200), label: Label }),
]);

/** Asked only where another field, above this one, says so. */
const When = z.strictObject({
  field: NAME,
  is: z.union([z.string(), z.boolean(), z.array(z.string()).min(1)]).describe('Value or values of that field'),
});

const common = {
  name: NAME,
  label: Label,
  help: Label.optional().describe('A sentence below the label'),
  required: z.boolean().default(false),
};
const conditional = { ...common, when: When.optional() };

const text = {
  kind: z.literal('text'),
  maxLength: z.number().int().min(1).max(LONG_TEXT_LENGTH).default(TEXT_LENGTH),
  default: z.string().optional(),
};
const number = {
  kind: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  decimals: z.number().int().min(0).max(6).default(0).describe('Digits behind the point'),
  default: z.number().optional(),
};
const money = {
  kind: z.literal('money'),
  currencies: z.array(Currency).min(1).max(20).default(['PLN']),
  min: Amount.optional(),
  max: Amount.optional(),
};
const date = {
  kind: z.literal('date'),
  min: z.iso.date().optional(),
  max: z.iso.date().optional(),
};
const yesNo = { kind: z.literal('yes-no'), default: z.boolean().optional() };
const choice = {
  kind: z.literal('choice'),
  options: z.array(Option).min(1).max(MAX_OPTIONS),
  default: z.string().optional(),
};

/** A column of a table of fields: the kinds that fit into a cell. */
const Column = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, ...text }),
  z.strictObject({ ...common, ...number }),
  z.strictObject({ ...common, ...money }),
  z.strictObject({ ...common, ...date }),
  z.strictObject({ ...common, ...choice }),
]);
export type Column = z.infer<typeof Column>;

const KINDS = 'text, long-text, number, money, date, period, yes-no, choice, person, file, table';

/** One thing that a person fills in. */
export const Field = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ ...conditional, ...text }),
    z.strictObject({
      ...conditional,
      ...text,
      kind: z.literal('long-text'),
      maxLength: z.number().int().min(1).max(LONG_TEXT_LENGTH).default(LONG_TEXT_LENGTH),
    }),
    z.strictObject({ ...conditional, ...number }),
    z.strictObject({ ...conditional, ...money }),
    z.strictObject({ ...conditional, ...date }),
    z.strictObject({ ...conditional, ...date, kind: z.literal('period') }),
    z.strictObject({ ...conditional, ...yesNo }),
    z.strictObject({ ...conditional, ...choice }),
    z.strictObject({ ...conditional, kind: z.literal('person') }),
    z.strictObject({
      ...conditional,
      kind: z.literal('file'),
      accept: z
        .array(
          z
            .string()
            .regex(/^[a-z]+\/([a-z0-9.+-]+|\*)$/, 'a kind of file is a media type such as application/pdf or image/*'),
        )
        .min(1)
        .default(['application/pdf', 'image/*'])
        .describe('Media types that are taken'),
      maxFiles: z.number().int().min(1).max(MAX_FILES).default(1),
    }),
    z.strictObject({
      ...conditional,
      kind: z.literal('table'),
      columns: z.array(Column).min(1).max(MAX_COLUMNS),
      maxRows: z.number().int().min(1).max(MAX_ROWS).default(10),
    }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? `"kind" is one of ${KINDS}` : undefined) },
);
export type Field = z.infer<typeof Field>;
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>;

/** `fields/<name>.yaml`: what people fill in, written once and shown the same wherever it is asked. */
export const FieldsFile = z.strictObject({
  title: Label,
  text: Label.optional().describe('What the reader should know before filling it in'),
  submit: Label.optional().describe('On the button'),
  fields: z.array(Field).max(MAX_FIELDS),
});
export type FieldsFile = z.infer<typeof FieldsFile>;
