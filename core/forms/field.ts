import { z } from 'zod';

/** Text with `{values}` in it: `{number}`, `{line.net}`, `{line.vatRate | vat account}`. */
export const Template = z.string().describe('Text; {name} stands for a value, {name | code table} for its code');

const oneOrMore = z.union([Template, z.array(Template).min(1)]);

/**
 * How a field is recognised. A field is used where all its ways lead to one element. A way that no longer holds is
 * reported as drift, and then two independent ones must agree.
 */
export const LOCATOR_KINDS = [
  'label',
  'name',
  'button',
  'link',
  'near',
  'column',
  'after',
  'before',
  'css',
  'xpath',
] as const;
export type LocatorKind = (typeof LOCATOR_KINDS)[number];

/** One field, button or link of the target, by what a person sees first and by what the page's source says last. */
export const Field = z
  .strictObject({
    label: oneOrMore.optional().describe('Text that stands before, above or (tick boxes) after the field'),
    name: oneOrMore.optional().describe('The name or id attribute'),
    button: oneOrMore.optional().describe('Text on the button'),
    link: oneOrMore.optional().describe('Text of the link'),
    near: oneOrMore.optional().describe('Text nearby: the first field after it'),
    column: oneOrMore.optional().describe('Heading of the column that the field stands in; with `row`'),
    after: z.string().optional().describe('Another field of this file: the first one after it'),
    before: z.string().optional().describe('Another field of this file: the last one before it'),
    css: oneOrMore.optional().describe('CSS selector, the last but one resort'),
    xpath: oneOrMore.optional().describe('XPath expression, the last resort'),
    row: Template.optional().describe('Row under the heading: a number from 1, or text that the row contains'),
    frame: z.string().optional().describe('Name of the frame, only where the same field is in several'),
    unknown: z.string().optional().describe('Business exception when the option is not there, e.g. unknown-account'),
    loose: z.literal(true).optional().describe('Text for people only: cut and respelled to what the target can store'),
    moves: z.literal(true).optional().describe('Stands elsewhere each time: where it stood before tells nothing'),
    harmless: z
      .literal(true)
      .optional()
      .describe('Pressing or changing it alters nothing that lasts (search, recalculate, next): a dry run may do it'),
    every: z.literal(true).optional().describe('Means each field found, none included; for tick only'),
  })
  .refine((field) => LOCATOR_KINDS.some((kind) => field[kind] !== undefined), {
    message: `a field needs at least one of ${LOCATOR_KINDS.join(', ')}`,
  });
export type Field = z.infer<typeof Field>;

/** Something to look for on the screen: a text, or a field of this file. */
export const Seen = z.union([Template, z.strictObject({ field: z.string() })]);
export type Seen = z.infer<typeof Seen>;
