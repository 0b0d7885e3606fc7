import { z } from 'zod';
import { MoneyText } from '../../model/money.ts';
import { PersonOrRole } from './rule.ts';

/** `PT4H` (ISO 8601), or working days in words: `1 working day`, `3 working days`. */
export const Period = z
  .string()
  .regex(
    /^(P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|\d+ working days?)$/,
    'a period is "3 working days" or ISO 8601 such as "PT4H"',
  );

/** Longest value that an approver can put into a field: an account, a cost centre, a project. */
export const MAX_VALUE_LENGTH = 200;
/** Fields that an approver can change at once; more is a form, not an approval. */
const MAX_CHANGEABLE = 12;

/** A field of the case, never an amount, that an approver may change while approving. */
export const Changeable = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][\w-]{0,40}$/, 'a field name consists of letters, digits and dashes'),
  label: z
    .union([z.string().min(1), z.strictObject({ pl: z.string().min(1), en: z.string().min(1) })])
    .optional()
    .describe('Label shown to people; by default, the name'),
  value: z.string().max(MAX_VALUE_LENGTH).default('').describe('Current value'),
  options: z
    .array(z.string().max(MAX_VALUE_LENGTH))
    .min(1)
    .max(500)
    .optional()
    .describe('Values to choose from; if absent, free text'),
});
export type Changeable = z.infer<typeof Changeable>;

/** Names that sound like money: changing an amount is a correction of the document, not a part of its approval. */
const AMOUNTS = /^(net|vat|gross|total|totals|amount|amounts|payable|iban|currency|netto|brutto|kwota|suma)$/i;

export const Changes = z
  .array(Changeable)
  .max(MAX_CHANGEABLE)
  .superRefine((fields, context) => {
    const names = fields.map((field) => field.name.toLowerCase());
    names.forEach((name, i) => {
      const tell = (message: string): void => {
        context.addIssue({ code: 'custom', path: [i, 'name'], message });
      };
      if (names.indexOf(name) !== i) tell(`"${name}" is listed twice`);
      if (AMOUNTS.test(name))
        tell(`"${name}" is an amount, and approvers may not change amounts. Use document.validate`);
    });
  });

/** Whom else to ask when nobody has decided in time. Those asked first may still decide. */
export const Escalation = z.strictObject({ after: Period, to: z.array(PersonOrRole).min(1) });

/** Several small requests for one person in one mail, at fixed times of working days. */
export const Digest = z.strictObject({
  upTo: MoneyText.optional().describe('Only requests up to this gross amount; larger ones are mailed at once'),
  at: z
    .array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as 15:30'))
    .min(1)
    .max(24)
    .describe('Times of day, in the time zone of the settings'),
});
export type Digest = z.infer<typeof Digest>;

/** A table of rules in a workbook of the folder of sheets. */
export const RuleTable = z.strictObject({
  file: z.string().regex(/^[^/\\]+\.xlsx$/, 'a table is the name of a workbook, for example approvers.xlsx'),
  sheet: z.string().optional().describe('Sheet name; by default, the first sheet'),
});
export type RuleTable = z.infer<typeof RuleTable>;
