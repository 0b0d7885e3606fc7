import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../language/check/index.ts';
import { loadDefinition } from '../../language/load.ts';
import { approvalRequest } from '../approval-request.ts';

const HEAD = `document: { dsl: 1.0.3, namespace: hr, name: leave, version: 1.0.0 }
do:
  - ask:
      call: approval.request
      with:
        approvers: [manager]
        about:
`;

/** The errors that the check finds, with line and column below `about:`, whose first line is 1. */
function findings(about: string): string[] {
  const lines = about.split('\n').map((line) => `          ${line}`);
  const { loaded, findings: misshapen } = loadDefinition(HEAD + lines.join('\n'), 'a.yaml');
  const found = loaded ? checkDefinition(loaded) : misshapen;
  return found
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, message, hint }) =>
      [`${line - 7}:${column - 10} ${message.replace('approval.request: ', '')}`, hint].filter(Boolean).join('; '),
    );
}

const LEAVE = `title: '\${ "Urlop: \\(.name)" }'
requester: \${ .who }
facts:
  - { label: { pl: Okres, en: Period }, value: '\${ .period }', kind: period }
  - { label: Powód, value: wypoczynkowy }
table:
  columns: [{ label: Dni, kind: number }]
  rows: [["5"]]`;

describe('what an approval is about', () => {
  it('should be a subject or an invoice, also with expressions in it', () => {
    expect(findings(LEAVE)).toEqual([]);
    expect(findings('number: FV/1\nseller: { name: "${ .name }" }')).toEqual([]);
    expect(findings('title: Zamówienie\namount: ${ .total }\nfacts: ${ .facts }')).toEqual([]);
  });

  it.each([
    [
      'an unknown key of a subject',
      'title: Urlop\namunt: 5.00 PLN',
      '2:1 unknown property "amunt"; did you mean "amount"?',
    ],
    ['a mistyped title', 'titel: Urlop\namount: 5.00 PLN', '1:1 unknown property "titel"; did you mean "title"?'],
    [
      'an unknown key of a fact',
      'title: U\nfacts:\n  - { label: a, valu: b }',
      '3:17 unknown property "valu"; did you mean "value"?',
    ],
    [
      'an unknown key of an invoice',
      'number: FV/1\nseler: { name: X }',
      '2:1 unknown property "seler"; did you mean "seller"?',
    ],
    [
      'an unknown key of a party',
      'number: FV/1\nseller: { nam: X }',
      '2:11 unknown property "nam"; did you mean "name"?',
    ],
    [
      'an amount in other words',
      'title: U\namount: 5 zł',
      '2:9 money is an amount and a currency: write "5.00 PLN", found "5 zł"',
    ],
    ['a fact that is no date', 'title: U\nfacts: [{ label: a, value: jutro, kind: date }]', /^2:28 .*"jutro"/],
    [
      'a kind of fact that there is not',
      'title: U\nfacts: [{ label: a, value: b, kind: datte }]',
      /^2:.*a fact is of kind text, money, date/,
    ],
    [
      'more cells than columns',
      'title: U\ntable: { columns: [{ label: a }], rows: [[x, y]] }',
      /row 1 has 2 cells, and there are 1 columns/,
    ],
  ])('should refuse %s where it stands', (_, about, expected) => {
    const found = findings(about);
    expect(found, found.join('\n')).toHaveLength(1);
    if (typeof expected === 'string') expect(found).toEqual([expected]);
    else expect(found[0]).toMatch(expected);
  });

  it('should refuse in a call what it would drop in silence', () => {
    const call = (about: object) => approvalRequest.with.safeParse({ about, approvers: ['a'] });
    expect(call({ title: 'Urlop', days: 5 }).error?.message).toContain('Unrecognized key: \\"days\\"');
    expect(call({ number: 'FV/1', project: 'X' }).error?.message).toContain('Unrecognized key: \\"project\\"');
    expect(call({ title: 'Urlop' }).data?.about).toEqual({ title: 'Urlop', facts: [], files: [] });
  });
});
