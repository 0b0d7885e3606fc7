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

  it('should take the amount of a subject as it takes that of an invoice, and no band where there is none', () => {
    const rules = [
      { upTo: '5000.00 PLN', approvers: [ANNA] },
      { above: '5000.00 PLN', approvers: [BEN] },
      { department: 'HR', approvers: [CELINA] },
    ];
    const order = (amount?: string) => ({ title: 'Zamówienie 7', ...(amount && { amount }) });
    expect(whom({ rules, about: order('5000.00 PLN') })).toEqual([[ANNA]]);
    expect(whom({ rules, about: order('5000.01 PLN') })).toEqual([[BEN]]);
    expect(whom({ rules, about: order('1.00 EUR') }), 'another currency counts as above').toEqual([[BEN]]);
    expect(whom({ rules, about: order(), department: 'hr' })).toEqual([[CELINA]]);
    expect(problemOf({ rules, about: order() })).toBe('no-rule-fits');
    const strict = { approvers: ['accounting'], twoAbove: '1000.00 PLN', codeAbove: '1000.00 PLN' };
    expect(plan({ ...strict, about: order('1000.01 PLN') })).toMatchObject({ codeNeeded: true, rounds: { length: 2 } });
    expect(plan({ ...strict, about: order() })).not.toHaveProperty('codeNeeded');
    expect(whom({ ...strict, about: order() })).toHaveLength(1);
  });

  it('should keep whoever asks for something from approving it', () => {
    const about = { title: 'Urlop', requester: ANNA };
    expect(plan({ about, approvers: ['accounting'] })).toMatchObject({
      barred: [ANNA],
      rounds: [{ approvers: [BEN] }],
    });
    expect(problemOf({ about, approvers: [ANNA] })).toBe('nobody-may-approve');
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
