import { z } from 'zod';
import { Subject } from '../model/subject.ts';
import { Escalation, Period, RuleTable } from './approval/options.ts';
import { ALWAYS, ApproverRules, PersonOrRole } from './approval/rule.ts';
import { defineFunction } from './define.ts';

/** What to do, on half a page; what is longer is a file. */
const MAX_TEXT = 4000;

const Arguments = z
  .strictObject({
    about: Subject.describe('What it is about: a title and, if there are any, facts, a table and files to look at'),
    text: z.string().min(1).max(MAX_TEXT).optional().describe('What to do, in the words of the definition'),
    fields: z
      .string()
      .regex(/^[\w-]+$/, 'give the name of the fields file without its folder and extension')
      .optional()
      .describe('Name of the file fields/<name>.yaml that says what to fill in; without it, only "done"'),
    assign: z
      .array(PersonOrRole)
      .min(1)
      .optional()
      .describe('People asked if no rule applies; any one of them can do it'),
    rules: ApproverRules.optional().describe(
      'People by amount, department or cost centre; the first rule that applies is used',
    ),
    table: RuleTable.optional().describe('More rules, in a spreadsheet; read after `rules`'),
    department: z.string().optional().describe('Value for this case; rules can refer to it'),
    costCentre: z.string().optional().describe('Value for this case; rules can refer to it'),
    remind: Period.optional().describe('After this time, a reminder is sent; this repeats'),
    escalate: Escalation.optional().describe('After this time, someone else is asked as well'),
    due: Period.default('10 working days').describe('After this time, the task expires'),
  })
  .superRefine(({ assign, rules, table }, context) => {
    if (assign || rules || table) return;
    context.addIssue({
      code: 'custom',
      path: ['assign'],
      message: 'nobody is asked: name "assign", "rules" or a "table"',
    });
  }, ALWAYS);

export const taskAsk = defineFunction({
  name: 'task.ask',
  summary: 'Asks a person, by e-mail with a link, to do something or fill something in, and waits for it.',
  kind: 'flow',
  capability: 'engine',
  with: Arguments,
  result: z.object({
    done: z.boolean(),
    expired: z.boolean().default(false),
    values: z.record(z.string(), z.unknown()).default({}).describe('What was filled in, by the names of the fields'),
    by: z.string().optional().describe('E-mail address of the person who did it, or who said that it cannot be done'),
    onBehalfOf: z.string().optional().describe('Person they acted for, as a substitute or by delegation'),
    at: z.iso.datetime().optional(),
    comment: z.string().optional(),
    reason: z.string().optional().describe('Why it cannot be done'),
  }),
  // Each of its activities writes the store or hands a mail to a server; the waiting itself is a durable timer.
  limits: { attemptMs: 60_000, attempts: 20 },
});
