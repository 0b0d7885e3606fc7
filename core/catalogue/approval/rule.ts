import { z } from 'zod';
import { compareAmounts, MoneyText, parseMoney } from '../../model/money.ts';

/** E-mail address of a person, or the name of a role in the settings. */
export const PersonOrRole = z.string().min(1);

/** One name or several of them. */
const Names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** How many of those asked must approve: a number, or everyone. */
export const Need = z.union([z.number().int().min(1), z.literal('all')]);
export type Need = z.infer<typeof Need>;

/** Checked even where parts are expressions, so that a wrong rule is found before the first run. */
export const ALWAYS = {
  when: ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null,
};

/** Longest list of rules: a person reads them, and a table is not a database. */
export const MAX_RULES = 500;

/**
 * One line of an approval matrix. What it names must all fit; a line that names nothing fits always. Amounts are gross,
 * without sign: a credit note needs the same people as the invoice it takes back.
 */
export const ApproverRule = z
  .strictObject({
    above: MoneyText.optional().describe('Applies to gross amounts above this one'),
    upTo: MoneyText.optional().describe('Applies to gross amounts up to and including this one'),
    department: Names.optional(),
    costCentre: Names.optional(),
    supplier: Names.optional().describe('Name or VAT number of the supplier'),
    approvers: z.array(PersonOrRole).min(1),
    need: Need.optional().describe('Number of them who must approve; one by default'),
    inOrder: z.boolean().optional().describe('Ask all of them one after another, in this order'),
  })
  .superRefine((rule, context) => {
    const problem = wrongIn(rule);
    if (problem) context.addIssue({ code: 'custom', ...problem });
  }, ALWAYS);
export type ApproverRule = z.infer<typeof ApproverRule>;

/** Rules are read from the top; one behind a rule that fits everything is never read, which nobody means. */
export const ApproverRules = z
  .array(ApproverRule)
  .max(MAX_RULES)
  .superRefine((rules, context) => {
    const open = Array.isArray(rules) ? rules.findIndex(fitsAll) : -1;
    if (open === -1 || open === rules.length - 1) return;
    context.addIssue({
      code: 'custom',
      path: [open + 1],
      message: `this rule is never reached: rule ${open + 1} names no amount, department, cost centre or supplier, so it always applies. Put it last`,
    });
  }, ALWAYS);

function fitsAll(rule: ApproverRule): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  const { above, upTo, department, costCentre, supplier } = rule;
  return [above, upTo, department, costCentre, supplier].every((condition) => condition === undefined);
}

type Wrong = { path: string[]; message: string } | undefined;

/** What contradicts itself in one rule (or in the arguments that look like one), and how to mend it. */
export function wrongIn(rule: Partial<Pick<ApproverRule, 'above' | 'upTo' | 'approvers' | 'need' | 'inOrder'>>): Wrong {
  return wrongBand(rule.above, rule.upTo) ?? wrongNeed(rule) ?? wrongPeople(rule.approvers);
}

function wrongBand(above: string | undefined, upTo: string | undefined): Wrong {
  // An expression is worth something only when the run is there.
  if (!MoneyText.safeParse(above).success || !MoneyText.safeParse(upTo).success) return undefined;
  if (above === undefined || upTo === undefined) return undefined;
  const [low, high] = [parseMoney(above), parseMoney(upTo)];
  if (low.currency !== high.currency) {
    return { path: ['upTo'], message: `the range mixes ${low.currency} and ${high.currency}: use one currency` };
  }
  if (compareAmounts(low.amount, high.amount) < 0) return undefined;
  return { path: ['upTo'], message: `no amount is above ${above} but not above ${upTo}: "upTo" must be larger` };
}

function wrongNeed({ approvers, need, inOrder }: Parameters<typeof wrongIn>[0]): Wrong {
  if (need === undefined) return undefined;
  if (inOrder === true) {
    return { path: ['need'], message: '"inOrder" asks all of them, one after another: leave "need" out' };
  }
  // A role has as many people as the settings say; only addresses can be counted here.
  if (typeof need !== 'number' || !Array.isArray(approvers) || !approvers.every(isAddress)) return undefined;
  const people = new Set(approvers.map((email) => email.toLowerCase())).size;
  if (need <= people) return undefined;
  return {
    path: ['need'],
    message: `${need} must approve, but only ${people} can: name more approvers or require fewer`,
  };
}

function wrongPeople(approvers: readonly string[] | undefined): Wrong {
  if (!Array.isArray(approvers)) return undefined;
  const names = approvers.map((name) => String(name).toLowerCase());
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice === -1) return undefined;
  return {
    path: ['approvers', String(twice)],
    message: `"${approvers[twice]}" is named twice, but a person can decide only once`,
  };
}

function isAddress(name: unknown): boolean {
  return typeof name === 'string' && name.includes('@') && !name.includes('${');
}
