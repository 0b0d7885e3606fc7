import { expect, it } from 'vitest';
import { checkDefinition } from '../index.ts';
import { loadDefinition } from '../../load.ts';

function findings(endpoint: unknown, files?: Record<string, string>): string[] {
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  const call = { call: 'openapi', with: { document: { endpoint }, operationId: 'find' } };
  const { loaded } = loadDefinition(JSON.stringify({ document, do: [{ a: call }] }), 'x.yaml');
  if (!loaded) throw new Error('no definition');
  return checkDefinition(loaded, files ? { files } : {}).map(
    ({ path, message, hint }) => `${path}: ${message} (${hint})`,
  );
}

const files = { 'resources/orders.json': '' };

it('should tell a file that is not there, at its place', () => {
  expect(findings('resources/order.json', files)).toEqual([
    '/do/0/a/with/document/endpoint: no file resources/order.json beside the definition (did you mean "resources/orders.json"?)',
  ]);
  expect(findings({ uri: 'file:///other.json' }, files)[0]).toContain('/endpoint/uri: no file other.json');
});

it.each<[string, unknown, Record<string, string>?]>([
  ['a file that is there', 'resources/orders.json', files],
  ['an address of the network', 'https://a.example/orders.json', files],
  ['an expression', '${ .document }', files],
  ['a template', 'resources/{name}.json', files],
  ['a definition that is checked alone', 'resources/none.json'],
])('should be silent about %s', (_, endpoint, beside) => {
  expect(findings(endpoint, beside)).toEqual([]);
});
