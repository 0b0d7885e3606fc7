import { z } from 'zod';
import { About } from '../model/about.ts';
import { Artefact } from '../model/artefact.ts';
import { Finding } from '../model/invoice.ts';
import { MoneyText } from '../model/money.ts';
import { Changes, Digest, Escalation, Period, RuleTable } from './approval/options.ts';
import { ALWAYS, ApproverRules, Need, PersonOrRole, wrongIn } from './approval/rule.ts';
import { defineFunction } from './define.ts';

/** One value that an approver changed while approving. */
export const Change = z.object({ field: z.string(), before: z.string(), after: z.string() });
export type Change = z.infer<typeof Change>;

export const Decision = z.object({
  approver: z.string().describe('E-mail address of the person who decided'),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().optional(),
  comment: z.string().optional(),
  onBehalfOf: z.string().optional().describe('Person they acted for, as a substitute or by delegation'),
  changes: z.array(Change).optional(),
  at: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;

const Arguments = z
  .strictObject({
    about: About.describe('What they are asked about: an invoice, or a subject with a title'),
    file: Artefact.optional().describe('The document itself'),
    pages: z.array(Artefact).default([]).describe('Page images shown beside the fields'),
    findings: z.array(Finding).default([]),
    department: z.string().optional().describe('Value for this case; rules can refer to it'),
    costCentre: z.string().optional().describe('Value for this case; rules can refer to it'),
    approvers: z
      .array(PersonOrRole)
      .min(1)
      .optional()
      .describe('People asked if no rule applies; any one of them can decide'),
    need: Need.optional().describe('Number of approvers who must approve; one by default'),
    inOrder: z.boolean().optional().describe('Ask all approvers one after another, in this order'),
    rules: ApproverRules.optional().describe(
      'Approvers by amount, department, cost centre or supplier; the first rule that applies decides',
    ),
    table: RuleTable.optional().describe('More rules, in a spreadsheet; read after `rules`'),
    twoAbove: MoneyText.optional().describe('Above this gross amount, a second, different person must approve as well'),
    second: z
      .array(PersonOrRole)
      .default([])
      .describe('People asked for the second approval; by default, the other approvers'),
    requester: PersonOrRole.nullish().describe(
      'May not approve (four-eyes principle); is suggested first when an approver has a question',
    ),
    changes: Changes.default([]).describe('Fields that an approver may change when approving; never amounts'),
    codeAbove: MoneyText.optional().describe(
      'Above this gross amount, approval requires a code by mail or from an authenticator app',
    ),
    digest: Digest.optional().describe('Sends small requests to one person in one mail; each is decided separately'),
    remind: Period.optional().describe('After this time without a decision, a reminder is sent; this repeats'),
    escalate: Escalation.optional().describe('After this time, someone else is asked as well'),
    expire: Period.default('10 working days').describe('After this time, the request counts as rejected'),
  })
  .superRefine(({ approvers, need, inOrder, rules, table }, context) => {
    const nobody = { path: ['approvers'], message: 'nobody is asked: name "approvers", "rules" or a "table"' };
    const problem = approvers || rules || table ? wrongIn({ approvers, need, inOrder }) : nobody;
    if (problem) context.addIssue({ code: 'custom', ...problem });
  }, ALWAYS);

export const approvalRequest = defineFunction({
  name: 'approval.request',
  summary: 'Asks people to approve through a link in an e-mail, reminds them and waits for their decision.',
  kind: 'flow',
  capability: 'engine',
  with: Arguments,
  result: z.object({
    approved: z.boolean(),
    decisions: z.array(Decision),
    expired: z.boolean().default(false),
    reason: z.string().optional().describe('Why it was rejected'),
    values: z.record(z.string(), z.string()).optional().describe('The changeable fields as approved, by name'),
  }),
  // Each of its activities writes the store or hands a mail to a server; the waiting itself is a durable timer.
  limits: { attemptMs: 60_000, attempts: 20 },
});
