import { z } from 'zod';
import { Amount } from './money.ts';

/** A table of rules is read from top to bottom by people as well; more is a table of another kind. */
export const MAX_CODING_RULES = 1_000;

/** One rule of account coding. What it does not name does not matter; the first rule that fits counts. */
export const CodingRule = z
  .strictObject({
    supplier: z.string().min(1).optional().describe('VAT id, or a part of the name'),
    contains: z.array(z.string().min(1)).min(1).optional().describe('Words of which one is in a line of the invoice'),
    above: Amount.optional().describe('Net amount from which on it holds, in the currency of the invoice'),
    upTo: Amount.optional().describe('Net amount up to which it holds'),
    account: z.string().min(1),
    costCentre: z.string().min(1).optional(),
    because: z.string().min(1).optional().describe('Why, for the approver; without it, what the rule looks at'),
  })
  .refine(({ supplier, contains, above, upTo }) => supplier ?? contains ?? above ?? upTo, {
    message: 'a rule says when it holds: supplier, contains, above or upTo',
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
