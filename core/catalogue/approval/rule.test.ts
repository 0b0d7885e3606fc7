import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkDefinition } from '../../language/check/index.ts';
import { loadDefinition } from '../../language/load.ts';

/** The findings of one call, as the check tells them. */
function findings(args: object): string[] {
  const call = { call: 'approval.request', with: { about: '${ .invoice }', ...args } };
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  const { loaded, findings: misshapen } = loadDefinition(stringify({ document, do: [{ ask: call }] }), 'a.yaml');
  const found = loaded ? checkDefinition(loaded) : misshapen;
  return found
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => `${path?.replace('/do/0/ask/with', '')} ${message}`);
}

describe('rules of approvers', () => {
  it('should pass what is right, also with expressions in it', () => {
    expect(findings({ approvers: ['${ .boss }', 'board'], need: 2 })).toEqual([]);
    expect(
      findings({ rules: [{ above: '${ .limit }', upTo: '5.00 PLN', approvers: ['a'] }, { approvers: ['b'] }] }),
    ).toEqual([]);
    expect(findings({ rules: '${ .rules }' })).toEqual([]);
    expect(findings({ table: { file: 'approvers.xlsx' } })).toEqual([]);
  });

  it.each([
    ['nobody', { remind: '1 working day' }, /nobody is asked/],
    ['more than there are', { approvers: ['a@x.pl', 'b@x.pl'], need: 3 }, /\/need .*3 must approve, but only 2 can/],
    ['a number of people in order', { approvers: ['a@x.pl'], need: 1, inOrder: true }, /leave "need" out/],
    ['somebody twice', { approvers: ['a@x.pl', 'A@x.pl'] }, /\/approvers\/1 .*named twice/],
    [
      'an empty band',
      { rules: [{ above: '9.00 PLN', upTo: '9.00 PLN', approvers: ['a'] }] },
      /\/rules\/0\/upTo .*no amount is above/,
    ],
    ['two currencies', { rules: [{ above: '9.00 PLN', upTo: '10.00 EUR', approvers: ['a'] }] }, /use one currency/],
    [
      'what is never reached',
      { rules: [{ approvers: ['a'] }, { upTo: '9.00 PLN', approvers: ['b'] }] },
      /\/rules\/1 .*never reached/,
    ],
    ['an unknown condition', { rules: [{ departement: 'IT', approvers: ['a'] }] }, /unknown property "departement"/],
    ['an amount as a changeable field', { approvers: ['a'], changes: [{ name: 'gross' }] }, /is an amount/],
    ['a field twice', { approvers: ['a'], changes: [{ name: 'mpk' }, { name: 'MPK' }] }, /listed twice/],
    ['no time of day', { approvers: ['a'], digest: { at: ['25:00'] } }, /15:30/],
    ['a table elsewhere', { table: { file: '../secret.xlsx' } }, /name of a workbook/],
  ])('should refuse %s', (_, args, expected) => {
    const found = findings(args);
    expect(found.join('\n')).toMatch(expected);
  });
});
