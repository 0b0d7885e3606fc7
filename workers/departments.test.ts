import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScheduleNotFoundError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../server/api/access.ts';
import { createApi } from '../server/api/index.ts';
import { createApp } from '../server/app.ts';
import { createPeople } from '../server/people/members.ts';
import { createTokens } from '../server/site/tokens.ts';
import { createDecisionKeys } from '../installation/keys/decision-keys.ts';
import { openKeyRing } from '../installation/keys/key-ring.ts';
import { openSecrets } from '../installation/secrets.ts';
import { parseSettings } from '../installation/settings.ts';
import { createRouter } from '../intake/router.ts';
import { createBorders } from '../core/departments/borders.ts';
import { type Store, openStore } from '../store/index.ts';
import type { CallInfo } from '../core/model/call.ts';
import { perform, problemIn } from '../tests/support/calls.ts';
import { activitiesOf, type Parts } from './compose.ts';

const settings = parseSettings(
  `company: { name: Huta }
publicUrl: http://zaplecze.test
smtp: { host: mail.test, port: 25, tls: none, from: bot@huta.example, password: smtp }
people: [{ name: Fred, email: fred@huta.example, authenticator: authenticator-fred }]
mailboxes:
  invoices: { host: mail.test, port: 143, tls: none, user: i, password: mailbox-invoices }
targets: { books: { url: 'http://books.test/', user: f, password: books } }
ledgers: { main: { driver: form, form: post, target: books } }
places: { bank-files: { kind: folder, path: bank } }
departments:
  finance:
    mailboxes: [invoices]
    ledgers: [main]
    targets: [books]
    places: [bank-files]
    sheets: [payroll.xlsx]
    secrets: { payroll: [api.payroll.example], bank: [api.bank.example] }
    functions: [ledger.post]
    events: [ksef/*]
    hosts: [10.1.2.3]
  marketing:
    secrets: { crm: [crm.example] }
    sheets: [leads.xlsx]
`,
  'zaplecze.yaml',
);

const MARKETING: CallInfo = {
  run: 'marketing.attack:1',
  definition: { namespace: 'marketing', name: 'attack', version: '1.0.0', hash: 'h' },
  task: '/do/0/attack',
  key: 'k',
  secrets: { token: 't', names: ['payroll', 'crm', 'authenticator-fred', 'mailbox-invoices', 'smtp', 'nobodys'] },
};

let dir = '';
let store: Store;
let app: Hono;
let activities: ReturnType<typeof activitiesOf>;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-borders-'));
  await writeFile(
    join(dir, 'secrets.json'),
    JSON.stringify({ payroll: 'P', crm: 'C', smtp: 'S', 'mailbox-invoices': 'M' }),
  );
  store = await openStore({ dir });
  const keys = await openKeyRing(join(dir, 'keys.json'));
  const { prove, publicKeys } = createDecisionKeys(keys);
  const client = temporal();
  const publish = createRouter({ store, client, receives: createBorders(settings).receives });
  const parts = {
    ...{ home: dir, settings, store, publish, ownServices: [], proofKeys: publicKeys, signLink: () => '' },
    secrets: openSecrets(dir),
    isAbandoned: () => Promise.resolve(false),
    queues: { add: () => Promise.resolve(), withdraw: () => Promise.resolve() },
    reader: () => ({}),
    runner: () => ({ run: () => Promise.reject(new Error('a form was filled')) }),
  } as unknown as Parts;
  activities = { ...activitiesOf('engine', parts), ...activitiesOf('mail', parts), ...activitiesOf('browser', parts) };
  const find = createPeople(store.users, settings);
  const people = [
    { email: 'fred@huta.example', departments: ['finance'] },
    { email: 'mara@huta.example', departments: ['marketing'] },
  ];
  for (const person of people) {
    await store.users.save({ ...person, name: person.email, language: 'en', roles: ['author'] }, new Date());
    const { token, id, hash } = newToken();
    tokens[person.email] = token;
    const scopes = ['definitions:write', 'definitions:read', 'runs:start', 'runs:operate'] as const;
    await store.apiTokens.add(
      { id, name: id, person: person.email, hash, scopes: [...scopes], by: 'test' },
      new Date(),
    );
  }
  const own = createTokens(keys);
  app = createApp({
    ...{ store, temporal: client, settings, tokens: own, prove, log: () => undefined },
    extend: (pages, site) =>
      pages.route('/api', createApi({ site, store, client, publish, find, token: 'local', searchAttributes: false })),
  }) as unknown as Hono;
  await store.definitions.deploy(stored('finance', 'pay', { do: [{ a: { set: { a: 1 } } }] }));
});
afterAll(async () => {
  await store?.close();
  await rm(dir, { recursive: true, force: true });
});

/** A Temporal in which nothing is scheduled and nothing runs: what crosses a border never comes so far. */
function temporal(): Client {
  const missing = () => Promise.reject(new ScheduleNotFoundError('none', 'none'));
  const gone = () => Promise.reject(new WorkflowNotFoundError('none', 'none', undefined));
  const started = (): never => {
    throw new Error('a run was started');
  };
  return {
    schedule: { getHandle: () => ({ describe: missing }), create: () => Promise.resolve() },
    workflow: {
      start: started,
      getHandle: () => ({ signal: started, describe: gone, cancel: gone, terminate: gone, query: gone }),
      list: () => [],
    },
  } as unknown as Client;
}

const text = (namespace: string, name: string, more: object): string =>
  JSON.stringify({ document: { dsl: '1.0.3', namespace, name, version: '1.0.0' }, ...more });
const stored = (namespace: string, name: string, more: object) => ({
  ...{ hash: `sha256:${namespace}/${name}`, namespace, name, version: '1.0.0', files: {} },
  ...{ definition: JSON.parse(text(namespace, name, more)) as object, source: text(namespace, name, more) },
});

const act = (name: string, args: unknown) => async (): Promise<string> =>
  (await problemIn(perform(activities[name as keyof typeof activities], args, MARKETING).result)).detail ?? '';
const get = (uri: string, more: object = {}) => act('call.http', { method: 'get', endpoint: { uri }, ...more });
const secret = (name: string, host = 'crm.example') =>
  get(`https://${host}/`, { headers: { key: `{{secret:t:${name}}}` } });

/** What the API answers to an author: of a deploy that is refused, its findings. */
const ask = (person: string, method: string, path: string, body?: object) => async (): Promise<string> => {
  const response = await app.request(`/api${path}`, {
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
    const before = (await store.audit.list()).length;
    expect(await attempt()).toContain(refusal);
    const noted = (await store.audit.list()).slice(before).map(({ action }) => action);
    expect(noted.filter((action) => /^(?:department|deploy)\.refused$/.test(action))).toHaveLength(1);
  });

  it('should count at least thirty', () => expect(ATTEMPTS.length).toBeGreaterThanOrEqual(30));

  it('should not hand mails of another department to a definition that is deployed already', async () => {
    const on = { one: { with: { type: 'mail.received' } } };
    await store.definitions.deploy(
      stored('marketing', 'listens', { schedule: { on }, do: [{ a: { set: { a: 1 } } }] }),
    );
    await store.events.subscribe({ run: 'marketing.x:1', key: 'k', types: ['mail.received'], department: 'marketing' });
    const publish = createRouter({ store, client: temporal(), receives: createBorders(settings).receives });
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

describe('a definition that books', () => {
  const source = text('finance', 'books', {
    do: [{ a: { call: 'ledger.post', with: { ledger: 'main', invoice: '${ .i }' } } }],
  });
  const send = (person: string, method: string, path: string, body?: object) =>
    app.request(`/api${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens[person]}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('should be deployed by two authors, not by one', async () => {
    const answer = (await (
      await send('fred@huta.example', 'POST', '/definitions', { file: 'a.yaml', source })
    ).json()) as { proposal: string };
    expect(await store.definitions.find('finance', 'books')).toBeUndefined();
    const confirm = `/proposals/${answer.proposal}/confirm`;
    expect((await send('fred@huta.example', 'POST', confirm)).status, 'one’s own').toBe(403);
    expect((await send('mara@huta.example', 'POST', confirm)).status, 'of another department').toBe(403);
    const second = { email: 'flora@huta.example', name: 'Flora', language: 'en' as const, roles: ['author' as const] };
    await store.users.save(second, new Date());
    const { token, id, hash } = newToken();
    tokens[second.email] = token;
    const kept = { id, name: id, person: second.email, hash, scopes: ['definitions:write' as const], by: 'test' };
    await store.apiTokens.add(kept, new Date());
    expect((await send(second.email, 'POST', confirm)).status).toBe(200);
    expect(await store.definitions.find('finance', 'books')).toMatchObject({ version: '1.0.0' });
    expect((await send(second.email, 'POST', confirm)).status, 'once').toBe(404);
    const actions = (await store.audit.list()).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['definition.proposed', 'definition.confirmed', 'definition.deployed']),
    );
  });

  it('should be taken out of use, and put back', async () => {
    expect((await send('fred@huta.example', 'DELETE', '/definitions/finance/books')).status).toBe(200);
    expect(await store.definitions.find('finance', 'books')).toBeUndefined();
    expect((await store.definitions.current()).map(({ name }) => name)).not.toContain('books');
    expect(
      await store.definitions.byHash((await store.definitions.versions('finance', 'books'))[0]?.hash ?? ''),
    ).toBeDefined();
  });
});
