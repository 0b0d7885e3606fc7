import { z } from 'zod';
import { Amount } from './money.ts';

/** A table of rules is read from top to bottom by people as well; more is a table of another kind. */
export const MAX_CODING_RULES = 1_000;

/** One rule of account coding. What it does not name does not matter; the first rule that fits counts. */
export const CodingRule = z
  .strictObject({
    supplier: z.string().min(1).optional().describe('VAT number, or part of the name'),
    contains: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Words, at least one of which must be in a line of the invoice'),
    above: Amount.optional().describe('Applies above this net amount, in the currency of the invoice'),
    upTo: Amount.optional().describe('Applies up to this net amount'),
    account: z.string().min(1),
    costCentre: z.string().min(1).optional(),
    because: z
      .string()
      .min(1)
      .optional()
      .describe('Reason shown to the approver; by default, the conditions of the rule'),
  })
  .refine(({ supplier, contains, above, upTo }) => supplier ?? contains ?? above ?? upTo, {
    message: 'a rule needs a condition: supplier, contains, above or upTo',
  });
export type CodingRule = z.infer<typeof CodingRule>;
export const CodingRules = z.array(CodingRule).max(MAX_CODING_RULES);

/** How one invoice was booked, for the next of its supplier. */
export type PastCoding = {
  account: string;
  costCentre?: string | undefined;
  /** Who chose the account, where a person did. */
  chosenBy?: string | undefined;
  number: string;
  /** ISO 8601. */
  bookedAt: string;
};
