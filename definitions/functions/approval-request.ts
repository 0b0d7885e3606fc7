import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Finding, Invoice } from '../model/invoice.ts';
import { MoneyText } from '../model/money.ts';
import { defineFunction } from './define.ts';

/** `PT4H` (ISO 8601), or working days in words: `1 working day`, `3 working days`. */
export const Period = z
  .string()
  .regex(
    /^(P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|\d+ working days?)$/,
    'a period is "3 working days" or ISO 8601 such as "PT4H"',
  );

/** E-mail address of a person, or the name of a role in the settings. */
export const PersonOrRole = z.string().min(1);

export const Decision = z.object({
  approver: z.string().describe('E-mail address of who decided'),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().optional(),
  at: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;

export const approvalRequest = defineFunction({
  name: 'approval.request',
  summary: 'Asks people to approve by a link in an e-mail, reminds them, and waits for their decision.',
  kind: 'flow',
  capability: 'engine',
  with: z.strictObject({
    about: Invoice,
    file: Artefact.optional().describe('The document itself'),
    pages: z.array(Artefact).default([]).describe('Page images beside the fields'),
    findings: z.array(Finding).default([]),
    approvers: z.array(PersonOrRole).min(1).describe('Asked first, any one of them decides'),
    twoAbove: MoneyText.optional().describe('Above this gross amount a second, different person must approve too'),
    second: z.array(PersonOrRole).default([]).describe('Who is asked second; without it, the other approvers'),
    requester: PersonOrRole.optional().describe('May not approve (four eyes)'),
    remind: Period.optional().describe('After this long without a decision a reminder goes out, again and again'),
    expire: Period.default('10 working days').describe('After this long the request counts as rejected'),
  }),
  result: z.object({
    approved: z.boolean(),
    decisions: z.array(Decision),
    expired: z.boolean().default(false),
    reason: z.string().optional().describe('Why it was rejected'),
  }),
  // Each of its activities writes the store or hands a mail to a server; the waiting itself is a durable timer.
  limits: { attemptMs: 60_000, attempts: 20 },
});
