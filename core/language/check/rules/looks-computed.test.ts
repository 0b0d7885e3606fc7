import { expect, it } from 'vitest';
import { checkDefinition } from '../index.ts';
import { loadDefinition } from '../../load.ts';

const told = (task: string) => {
  const head = 'document: { dsl: 1.0.3, namespace: test, name: text, version: 1.0.0 }\ndo:\n';
  const { loaded, findings } = loadDefinition(`${head}  - one: ${task}\n`, 'x.yaml');
  expect(findings).toEqual([]);
  const found = loaded ? checkDefinition(loaded) : [];
  return found.filter(({ rule }) => rule === 'expression/text').map(({ path, hint }) => `${path}: ${hint}`);
};

it.each([
  [
    '{ set: { number: .invoice.number } }',
    "/do/0/one/set/number: write '${ .invoice.number }', or leave it where text is meant",
  ],
  [
    '{ set: { a: 1 }, export: { as: { mail: $context.mail } } }',
    "/do/0/one/export/as/mail: write '${ $context.mail }', or leave it where text is meant",
  ],
  [
    '{ call: mail.send, with: { to: [".from.email"], subject: A, text: B } }',
    "/do/0/one/with/to/0: write '${ .from.email }', or leave it where text is meant",
  ],
])('should warn of %s', (task, expected) => {
  expect(told(task)).toEqual([expected]);
});

it.each([
  "{ set: '.invoice' }",
  "{ set: { number: '${ .invoice.number }' } }",
  '{ set: { ending: .pdf, price: $12, sentence: ".net files are read" } }',
  '{ set: { a: 1 }, output: { as: .a } }',
])('should not warn of %s', (task) => {
  expect(told(task)).toEqual([]);
});
