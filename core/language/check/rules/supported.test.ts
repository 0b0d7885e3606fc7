import { expect, it } from 'vitest';
import { checkDefinition } from '../index.ts';
import { loadDefinition } from '../../load.ts';

function warnings(task: object, use: object = {}): string[] {
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  const { loaded, findings } = loadDefinition(JSON.stringify({ document, use, do: [{ a: task }] }), 'x.yaml');
  if (!loaded) throw new Error(JSON.stringify(findings));
  const found = checkDefinition(loaded).filter(({ rule }) => rule === 'call/unsupported');
  return found.map(({ path, message }) => `${path}: ${message}`);
}

const document = { endpoint: 'https://a.example/api.json' };
const asyncapi = (more: object) => ({ call: 'asyncapi', with: { document, operation: 'x', message: {}, ...more } });
const http = (authentication: object) => ({
  call: 'http',
  with: { method: 'get', endpoint: { uri: 'https://a.example', authentication } },
});
const oauth2 = (more: object) => ({ authority: 'https://a.example', grant: 'client_credentials', ...more });
const workflow = { namespace: 'a', name: 'b', version: '1.0.0' };

it.each<[string, object, object, string]>([
  ['a broker', asyncapi({ protocol: 'kafka' }), {}, '/do/0/a/with/protocol: the protocols of brokers'],
  [
    'digest where nobody asks',
    asyncapi({ authentication: { digest: { username: 'u', password: 'p' } } }),
    {},
    '/do/0/a/with/authentication/digest: digest authentication works over HTTP',
  ],
  [
    'a program for MCP',
    { call: 'mcp', with: { method: 'tools/list', transport: { stdio: { command: 'x' } } } },
    {},
    '/do/0/a/with/transport/stdio: an MCP server over stdio',
  ],
  [
    'a grant that needs a person',
    http({ oauth2: oauth2({ grant: 'authorization_code' }) }),
    {},
    '/do/0/a/with/endpoint/authentication/oauth2/grant: the grant authorization_code',
  ],
  [
    'the same under use',
    { wait: 'PT1S' },
    { authentications: { bank: { oidc: oauth2({ grant: 'authorization_code' }) } } },
    '/use/authentications/bank/oidc/grant: the grant authorization_code',
  ],
  [
    'an endpoint of no effect',
    http({ oauth2: oauth2({ endpoints: { revocation: '/r' } }) }),
    {},
    '/do/0/a/with/endpoint/authentication/oauth2/endpoints/revocation: tokens are neither',
  ],
  [
    'a language',
    { run: { script: { language: 'perl', code: '' } } },
    {},
    '/do/0/a/run/script/language: scripts may be',
  ],
  ['what a workflow lacks', { run: { workflow, return: 'code' } }, {}, '/do/0/a/run/return: another workflow has'],
])('should warn of %s, at its place', (_, task, use, warning) => {
  const found = warnings(task, use);
  expect(found.join('\n')).toContain(warning);
  expect(found).toHaveLength(1);
});

it.each<[string, object]>([
  ['a spoken protocol', asyncapi({ protocol: 'ws' })],
  ['digest over HTTP', http({ digest: { username: 'u', password: 'p' } })],
  ['another grant', http({ oauth2: oauth2({ scopes: ['authorization_code'] }) })],
  ['a script of the specification', { run: { script: { language: 'js', code: '' } } }],
  ['the output of a workflow', { run: { workflow, return: 'none' } }],
])('should be silent about %s', (_, task) => {
  expect(warnings(task)).toEqual([]);
});
