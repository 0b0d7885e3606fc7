import { Big } from 'big.js';
import type { ApproverRule } from '../../core/catalogue/approval/rule.ts';
import type { About } from '../../core/model/about.ts';
import { amountIn, isSubject } from '../../core/model/about.ts';
import type { OpenApproval } from '../../core/model/approval-plan.ts';
import { parseMoney } from '../../core/model/money.ts';
import { businessException } from '../../core/model/problem.ts';

/** Who is asked, and how: of the first rule that fits, or of the request itself. */
export type Asked = Pick<ApproverRule, 'approvers' | 'need' | 'inOrder'>;

/** Throws a business exception where no rule fits and the request names nobody itself. */
export function whoIsAsked(request: OpenApproval): Asked {
  const rule = request.rules.find((candidate) => fits(candidate, request));
  if (rule) return rule;
  const { approvers, need, inOrder } = request;
  if (approvers) return { approvers, need, inOrder };
  throw businessException(
    'no-rule-fits',
    `none of the ${request.rules.length} rules fits ${described(request)}: add one, or name "approvers" for all other cases`,
  );
}

/**
 * Above an amount. Of an invoice an unknown gross and another currency cannot be compared, so they count as above: the
 * stricter way. A subject without an amount has none to be above.
 */
export function isAbove(about: About, limit: string | undefined): boolean {
  if (limit === undefined) return false;
  const known = amountIn(about);
  if (!known) return !isSubject(about);
  const { amount, currency } = parseMoney(limit);
  return known.currency !== currency || new Big(known.amount).abs().gt(amount);
}

/** Up to and including an amount: never where there is none. */
export function isUpTo(about: About, limit: string): boolean {
  return amountIn(about) !== undefined && !isAbove(about, limit);
}

function fits(rule: ApproverRule, request: OpenApproval): boolean {
  const { about } = request;
  if (rule.above !== undefined && !isAbove(about, rule.above)) return false;
  if (rule.upTo !== undefined && !isUpTo(about, rule.upTo)) return false;
  return (
    names(rule.department, [request.department]) &&
    names(rule.costCentre, [request.costCentre]) &&
    names(rule.supplier, isSubject(about) ? [] : [about.seller.name, about.seller.vatId])
  );
}

/** True when nothing is named, or one of the named is one of these. Compared as people read: without case and blanks. */
function names(named: string | string[] | undefined, values: (string | undefined)[]): boolean {
  if (named === undefined) return true;
  const known = new Set(values.filter((value) => value !== undefined).map(plain));
  return [named].flat().some((name) => known.has(plain(name)));
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function described({ about, department, costCentre }: OpenApproval): string {
  const known = amountIn(about);
  const none = isSubject(about) ? 'no amount' : 'an unknown amount';
  const parts = [
    known ? `${known.amount} ${known.currency ?? ''}`.trim() : none,
    department && `department "${department}"`,
    costCentre && `cost centre "${costCentre}"`,
    !isSubject(about) && about.seller.name && `supplier "${about.seller.name}"`,
  ];
  return parts.filter(Boolean).join(', ');
}
