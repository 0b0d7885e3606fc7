import { expect, it } from 'vitest';
import { checkDefinition } from '../index.ts';
import { loadDefinition } from '../../load.ts';

/** Messages of the rule for a definition with these tasks. */
function unset(tasks: string): string[] {
  const text = `document: { dsl: 1.0.3, namespace: a, name: b, version: 1.0.0 }\ndo:\n${tasks}`;
  const { loaded, findings } = loadDefinition(text, 'a.yaml');
  if (!loaded) throw new Error(JSON.stringify(findings));
  return checkDefinition(loaded)
    .filter(({ rule }) => rule === 'expression/unset')
    .map(({ line, message, severity }) => `${line} ${severity} ${message}`);
}

it('tells a member of $context that no task exports', () => {
  const tasks = `  - a: { set: { n: 1 }, export: { as: '\${ $context + { total: .n } }' } }
  - b: { set: { x: '\${ $context.total }', y: '\${ $context.totl }' } }
`;
  expect(unset(tasks)).toEqual(['4 warning no task exports "totl" to $context: this is always null']);
  expect(unset(`  - b: { set: { x: '\${ $context.total }' } }\n`)).toHaveLength(1);
});

it('is silent where an export cannot be told', () => {
  expect(unset(`  - a: { set: { n: 1 }, export: { as: '\${ . }' } }\n  - b: { set: '\${ $context.any }' }\n`)).toEqual(
    [],
  );
});

it('tells a member that the set before has not, in what gets its output', () => {
  const tasks = `  - a: { set: { net: 1, vat: 2 } }
  - b: { if: '.gross > 1', set: { x: '\${ .net + .vat }', y: '\${ .gros }' } }
`;
  expect(unset(tasks)).toEqual([
    '4 warning "a" before this task sets no "gross": this is always null',
    '4 warning "a" before this task sets no "gros": this is always null',
  ]);
});

it.each([
  ['a default', `  - a: { set: { n: 1 } }\n  - b: { set: '\${ .m // 0 }' }\n`],
  ['another input after a pipe', `  - a: { set: { n: [] } }\n  - b: { set: '\${ .n | map(.m) | .k }' }\n`],
  ['a set that may be skipped', `  - a: { if: '.x', set: { n: 1 } }\n  - b: { set: '\${ .m }' }\n`],
  [
    'a set whose output is another',
    `  - a: { set: { n: 1 }, output: { as: '{m: .n}' } }\n  - b: { set: '\${ .m }' }\n`,
  ],
  ['a set that is an expression', `  - a: { set: '\${ . }' }\n  - b: { set: '\${ .m }' }\n`],
  ['an input of its own', `  - a: { set: { n: 1 } }\n  - b: { input: { from: '{m: .n}' }, set: '\${ .m }' }\n`],
  [
    'a second way to the task',
    `  - a: { set: { n: 1 } }\n  - b: { set: '\${ .m }' }\n  - c: { set: { m: 1 }, then: b }\n`,
  ],
  ['the first task', `  - b: { set: '\${ .m }' }\n`],
])('is silent about %s', (_, tasks) => {
  expect(unset(tasks)).toEqual([]);
});
