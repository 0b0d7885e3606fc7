import { describe, expect, it } from 'vitest';
import { OpenApproval } from '../../core/model/approval-plan.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { invoice, settings } from '../../tests/support/approvals.ts';
import { planApproval } from './open.ts';

const [ANNA, BEN, CELINA] = ['anna@huta.example', 'ben@huta.example', 'celina@huta.example'];
const now = new Date('2026-12-23T09:00:00Z');
const plan = (change: object) => {
  const request = OpenApproval.parse({ kind: 'approval', about: invoice, expire: '1 working day', ...change });
  return planApproval(request, 'run:/do/0#1', settings, now);
};
const problemOf = (change: object): string => {
  try {
    plan(change);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.type.split(':').at(-1) ?? '';
    throw error;
  }
  return 'none';
};
const whom = (change: object) => plan(change).rounds.map(({ approvers }) => approvers);

describe('planApproval', () => {
  it('should take the first rule that fits by amount, department, cost centre and supplier', () => {
    const rules = [
      { upTo: '12299.99 PLN', approvers: [ANNA] },
      { department: ['IT', 'Zakupy'], above: '10000.00 PLN', approvers: [BEN] },
      { costCentre: '4010', approvers: [CELINA] },
      { supplier: 'stalpol  żelazo i stal s.a.', approvers: [ANNA, BEN], need: 'all' },
    ];
    expect(whom({ rules, department: 'zakupy' })).toEqual([[BEN]]);
    expect(whom({ rules, costCentre: '4010' })).toEqual([[CELINA]]);
    expect(plan({ rules }).rounds).toMatchObject([{ approvers: [ANNA, BEN], need: 2 }]);
    const stranger = { ...invoice, seller: { name: 'Someone' } };
    expect(problemOf({ rules, about: stranger })).toBe('no-rule-fits');
    expect(whom({ rules, about: stranger, approvers: ['board'] }), 'else who is named').toEqual([[CELINA]]);
  });

  it('should take an amount at the edge of two bands once, and without its sign', () => {
    const rules = [
      { upTo: '12300.00 PLN', approvers: [ANNA] },
      { above: '12300.00 PLN', approvers: [BEN] },
    ];
    const of = (gross: string) => whom({ rules, about: { ...invoice, totals: { gross } } });
    expect(of('12300.00')).toEqual([[ANNA]]);
    expect(of('12300.01')).toEqual([[BEN]]);
    expect(of('-20000.00')).toEqual([[BEN]]);
  });

  it('should count what cannot be compared as above', () => {
    const rules = [
      { upTo: '100000.00 PLN', approvers: [ANNA] },
      { above: '100000.00 PLN', approvers: [BEN] },
    ];
    expect(whom({ rules, about: { ...invoice, currency: 'EUR' } })).toEqual([[BEN]]);
    expect(whom({ rules, about: { ...invoice, totals: {} } })).toEqual([[BEN]]);
  });

  it('should make a round of each where the order counts, and find who cannot be asked twice', () => {
    expect(whom({ approvers: [CELINA, 'accounting'], inOrder: true })).toEqual([[CELINA], [ANNA, BEN]]);
    expect(problemOf({ approvers: [CELINA, 'board'], inOrder: true })).toBe('no-second-approver');
    expect(problemOf({ approvers: ['accounting'], need: 2, twoAbove: '1.00 PLN' })).toBe('no-second-approver');
    expect(problemOf({ approvers: ['accounting'], twoAbove: '1.00 PLN' })).toBe('none');
    expect(problemOf({ approvers: ['accounting'], need: 2, requester: BEN })).toBe('too-few-approvers');
    expect(problemOf({ approvers: [BEN], requester: BEN.toUpperCase() })).toBe('nobody-may-approve');
  });

  it('should escalate to no requester, and pass over Christmas', () => {
    const planned = plan({ approvers: [ANNA], requester: CELINA, escalateTo: ['board', BEN] });
    expect(planned.escalation).toEqual([BEN]);
    expect(planned.expiresAt).toBe('2026-12-28T09:00:00.000Z');
  });
});
