import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Finding, Invoice } from '../model/invoice.ts';
import { MoneyText } from '../model/money.ts';
import { Changes, Digest, Escalation, Period, RuleTable } from './approval/options.ts';
import { ALWAYS, ApproverRules, Need, PersonOrRole, wrongIn } from './approval/rule.ts';
import { defineFunction } from './define.ts';

/** One value that an approver changed while approving. */
export const Change = z.object({ field: z.string(), before: z.string(), after: z.string() });
export type Change = z.infer<typeof Change>;

export const Decision = z.object({
  approver: z.string().describe('E-mail address of who decided'),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().optional(),
  comment: z.string().optional(),
  onBehalfOf: z.string().optional().describe('Whose place they took as a substitute or by delegation'),
  changes: z.array(Change).optional(),
  at: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;

const Arguments = z
  .strictObject({
    about: Invoice,
    file: Artefact.optional().describe('The document itself'),
    pages: z.array(Artefact).default([]).describe('Page images beside the fields'),
    findings: z.array(Finding).default([]),
    department: z.string().optional().describe('Of the case; rules can name it'),
    costCentre: z.string().optional().describe('Of the case; rules can name it'),
    approvers: z
      .array(PersonOrRole)
      .min(1)
      .optional()
      .describe('Who is asked where no rule fits; any one of them decides'),
    need: Need.optional().describe('How many of the approvers must approve; one by default'),
    inOrder: z.boolean().optional().describe('All of the approvers, one after another in this order'),
    rules: ApproverRules.optional().describe(
      'Who is asked, by amount, department, cost centre, supplier: the first rule that fits',
    ),
    table: RuleTable.optional().describe('More such rules, in a spreadsheet; read after `rules`'),
    twoAbove: MoneyText.optional().describe('Above this gross amount a second, different person must approve too'),
    second: z.array(PersonOrRole).default([]).describe('Who is asked second; without it, the other approvers'),
    requester: PersonOrRole.optional().describe(
      'May not approve (four eyes); is asked first where an approver has a question',
    ),
    changes: Changes.default([]).describe('Fields that an approver may change while approving, never amounts'),
    codeAbove: MoneyText.optional().describe(
      'Above this gross amount approving takes a code, by mail or from an authenticator',
    ),
    digest: Digest.optional().describe('Small requests to one person in one mail, each decided singly'),
    remind: Period.optional().describe('After this long without a decision a reminder goes out, again and again'),
    escalate: Escalation.optional().describe('After this long someone else is asked too'),
    expire: Period.default('10 working days').describe('After this long the request counts as rejected'),
  })
  .superRefine(({ approvers, need, inOrder, rules, table }, context) => {
    const nobody = { path: ['approvers'], message: 'nobody is asked: name "approvers", "rules" or a "table"' };
    const problem = approvers || rules || table ? wrongIn({ approvers, need, inOrder }) : nobody;
    if (problem) context.addIssue({ code: 'custom', ...problem });
  }, ALWAYS);

export const approvalRequest = defineFunction({
  name: 'approval.request',
  summary: 'Asks people to approve by a link in an e-mail, reminds them, and waits for their decision.',
  kind: 'flow',
  capability: 'engine',
  with: Arguments,
  result: z.object({
    approved: z.boolean(),
    decisions: z.array(Decision),
    expired: z.boolean().default(false),
    reason: z.string().optional().describe('Why it was rejected'),
    values: z.record(z.string(), z.string()).optional().describe('The changeable fields by name, as approved'),
  }),
  // Each of its activities writes the store or hands a mail to a server; the waiting itself is a durable timer.
  limits: { attemptMs: 60_000, attempts: 20 },
});
