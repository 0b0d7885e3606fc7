import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBorders } from '../core/departments/borders.ts';
import { createRouter } from '../intake/router.ts';
import { perform, problemIn } from '../tests/support/calls.ts';
import {
  MARKETING,
  openTwoDepartments,
  settings,
  stored,
  temporal,
  text,
  type TwoDepartments,
} from '../tests/support/two-departments.ts';

let house: TwoDepartments;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  house = await openTwoDepartments();
  tokens['mara@huta.example'] = await house.tokenOf('mara@huta.example', ['marketing']);
});
afterAll(() => house?.close());

const act = (name: string, args: unknown) => async (): Promise<string> =>
  (await problemIn(perform(house.activities[name], args, MARKETING).result)).detail ?? '';
const get = (uri: string, more: object = {}) => act('call.http', { method: 'get', endpoint: { uri }, ...more });
const secret = (name: string, host = 'crm.example') =>
  get(`https://${host}/`, { headers: { key: `{{secret:t:${name}}}` } });

/** What the API answers to an author: of a deploy that is refused, its findings. */
const ask = (person: string, method: string, path: string, body?: object) => async (): Promise<string> => {
  const response = await house.app.request(`/api${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[person]}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  const refused = response.status === 403 || answer.includes('"ok":false');
  return refused ? answer : `not refused: ${response.status} ${answer}`;
};
const deploys = (more: object, namespace = 'marketing') =>
  ask('mara@huta.example', 'POST', '/definitions', { file: 'a.yaml', source: text(namespace, 'attack', more) });
const calls = (call: string, given: object) => deploys({ do: [{ a: { call, with: given } }] });
const invoice = { seller: {}, buyer: {}, totals: {}, lines: [], vatBreakdown: [] };
const event = (source: string) => ({ specversion: '1.0', id: '1', type: 'x', source });

/** Attempts of marketing at what is finance's, and a word of the refusal. */
const ATTEMPTS: [what: string, attempt: () => Promise<string>, refusal: string][] = [
  ['a secret in a call', secret('payroll'), 'belongs to finance'],
  ['how a person signs in', secret('authenticator-fred'), 'no definition gets it'],
  ['the password of a mailbox', secret('mailbox-invoices'), 'used by the settings'],
  ['the password of the mail server', secret('smtp'), 'used by the settings'],
  ['a secret of nobody', secret('nobodys'), 'belongs to no department'],
  ['a secret of its own to another host', secret('crm', 'evil.example'), 'may not be sent to evil.example'],
  [
    'a bearer of finance',
    get('https://crm.example/', {
      endpoint: { uri: 'https://crm.example/', authentication: { bearer: { use: 'payroll' } } },
    }),
    'belongs to finance',
  ],
  ['a private host of finance', get('http://10.1.2.3/'), 'private network'],
  [
    'filing a mail',
    act('mailbox.file', { mailbox: 'invoices', messageId: '<a@b>', folder: 'processed' }),
    'belongs to finance',
  ],
  ['reading a sheet', act('sheet.read', { file: 'payroll.xlsx' }), 'belongs to finance'],
  ['adding to a sheet', act('sheet.append', { file: 'payroll.xlsx', key: 'k', row: { A: 1 } }), 'belongs to finance'],
  ['a sheet as a table', act('table.read', { file: 'payroll.xlsx' }), 'belongs to finance'],
  ['a sheet of nobody', act('sheet.read', { file: 'other.xlsx' }), 'belongs to no department'],
  ['a sheet as rules of approvals', act('approval.table', { file: 'payroll.xlsx' }), 'belongs to finance'],
  ['a file of a place', act('file.get', { place: 'bank-files', path: 'a.csv' }), 'belongs to finance'],
  [
    'a file of a place as a table',
    act('table.read', { file: { place: 'bank-files', path: 'a.csv' } }),
    'belongs to finance',
  ],
  ['booking', act('ledger.post', { ledger: 'main', invoice }), 'belongs to finance'],
  [
    'booking through the queue',
    act('queue.add', { id: 'i', function: 'ledger.post', args: { ledger: 'main', invoice }, call: MARKETING }),
    'belongs to finance',
  ],
  ['looking into the ledger', act('ledger.find', { ledger: 'main', invoice }), 'belongs to finance'],
  ['the rules of accounts', act('account.suggest', { ledger: 'main', invoice }), 'belongs to finance'],
  ['an event of a mailbox', act('event.publish', event('mailbox/invoices')), 'come from there alone'],
  ['an event of another department', act('event.publish', event('/finance/pay/1.0.0')), 'not from marketing'],
  ['an event of a source of finance', act('event.publish', event('ksef/received')), 'belongs to finance'],
  [
    'running a definition of finance',
    act('definition.find', { namespace: 'finance', name: 'pay' }),
    'belongs to no department',
  ],
  [
    'deploying what reads a secret',
    deploys({ use: { secrets: ['payroll'] }, do: [{ a: { set: { a: 1 } } }] }),
    'belongs to finance',
  ],
  [
    'deploying what takes mails',
    deploys({
      schedule: { on: { one: { with: { type: 'mail.received', source: 'mailbox/invoices' } } } },
      do: [{ a: { set: { a: 1 } } }],
    }),
    'belongs to finance',
  ],
  ['deploying what books', calls('ledger.post', { ledger: 'main', invoice: '${ .invoice }' }), 'belongs to finance'],
  [
    'deploying what fills a form of a target',
    calls('form.check', { form: 'x', target: 'books' }),
    'belongs to finance',
  ],
  ['deploying for finance', deploys({ do: [{ a: { set: { a: 1 } } }] }, 'finance'), 'not of finance'],
  [
    'undeploying a definition of finance',
    ask('mara@huta.example', 'DELETE', '/definitions/finance/pay'),
    'not of finance',
  ],
  [
    'starting a run of finance',
    ask('mara@huta.example', 'POST', '/runs', { namespace: 'finance', name: 'pay', key: 'k', input: {} }),
    'not of finance',
  ],
  [
    'moving runs of finance',
    ask('mara@huta.example', 'POST', '/definitions/finance/pay/migrate', {}),
    'not of finance',
  ],
];

describe('marketing and what is finance’s', () => {
  it.each(ATTEMPTS)('should be refused, and in the trail: %s', async (_, attempt, refusal) => {
    const before = (await house.store.audit.list()).length;
    expect(await attempt()).toContain(refusal);
    const noted = (await house.store.audit.list()).slice(before).map(({ action }) => action);
    expect(noted.filter((action) => /^(?:department|deploy)\.refused$/.test(action))).toHaveLength(1);
  });

  it('should count at least thirty', () => expect(ATTEMPTS.length).toBeGreaterThanOrEqual(30));

  it('should not hand mails of another department to a definition that is deployed already', async () => {
    const on = { one: { with: { type: 'mail.received' } } };
    await house.store.definitions.deploy(
      stored('marketing', 'listens', { schedule: { on }, do: [{ a: { set: { a: 1 } } }] }),
    );
    await house.store.events.subscribe({
      run: 'marketing.x:1',
      key: 'k',
      types: ['mail.received'],
      department: 'marketing',
    });
    const publish = createRouter({
      store: house.store,
      client: temporal(),
      receives: createBorders(settings).receives,
    });
    const mail = { ...event('mailbox/invoices'), id: 'm1', type: 'mail.received', specversion: '1.0' as const };
    expect(await publish(mail)).toEqual({ runs: [], signalled: [] });
  });

  it('should leave to marketing what is its own', async () => {
    const own = await ask('mara@huta.example', 'POST', '/definitions', {
      ...{
        file: 'a.yaml',
        source: text('marketing', 'own', { use: { secrets: ['crm'] }, do: [{ a: { set: { a: 1 } } }] }),
      },
    })();
    expect(own).toContain('not refused: 200');
  });
});
