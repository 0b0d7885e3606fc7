import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScheduleNotFoundError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Hono } from 'hono';
import { newToken } from '../../server/api/access.ts';
import { createApi } from '../../server/api/index.ts';
import { createApp } from '../../server/app.ts';
import { createPeople } from '../../server/people/members.ts';
import { createTokens } from '../../server/site/tokens.ts';
import { createDecisionKeys } from '../../installation/keys/decision-keys.ts';
import { openKeyRing } from '../../installation/keys/key-ring.ts';
import { openSecrets } from '../../installation/secrets.ts';
import { parseSettings } from '../../installation/settings.ts';
import { createRouter } from '../../intake/router.ts';
import { createBorders } from '../../core/departments/borders.ts';
import { openStore, type Store } from '../../store/index.ts';
import type { CallInfo, CatalogueActivity } from '../../core/model/call.ts';
import { activitiesOf, type Parts } from '../../workers/compose.ts';

/** An installation of two departments: what is finance's, and what is marketing's. */
export const settings = parseSettings(
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

/** Who calls in the name of marketing. */
export const MARKETING: CallInfo = {
  run: 'marketing.attack:1',
  definition: { namespace: 'marketing', name: 'attack', version: '1.0.0', hash: 'h' },
  task: '/do/0/attack',
  key: 'k',
  secrets: { token: 't', names: ['payroll', 'crm', 'authenticator-fred', 'mailbox-invoices', 'smtp', 'nobodys'] },
};

/** Store, API and activities of both, without workers. */
export type TwoDepartments = {
  store: Store;
  app: Hono;
  activities: Record<string, CatalogueActivity>;
  /** Makes a token for an author. */
  tokenOf: (email: string, departments?: string[]) => Promise<string>;
  close: () => Promise<void>;
};

export async function openTwoDepartments(): Promise<TwoDepartments> {
  const dir = await mkdtemp(join(tmpdir(), 'zaplecze-borders-'));
  await writeFile(
    join(dir, 'secrets.json'),
    JSON.stringify({ payroll: 'P', crm: 'C', smtp: 'S', 'mailbox-invoices': 'M' }),
  );
  const store = await openStore({ dir });
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
  const activities: Record<string, CatalogueActivity> = {
    ...activitiesOf('engine', parts),
    ...activitiesOf('mail', parts),
    ...activitiesOf('browser', parts),
  };
  const find = createPeople(store.users, settings);
  const tokenOf = async (email: string, departments?: string[]): Promise<string> => {
    await store.users.save({ email, name: email, language: 'en', roles: ['author'], departments }, new Date());
    const { token, id, hash } = newToken();
    const scopes = ['definitions:write', 'definitions:read', 'runs:start', 'runs:operate'] as const;
    await store.apiTokens.add({ id, name: id, person: email, hash, scopes: [...scopes], by: 'test' }, new Date());
    return token;
  };
  const own = createTokens(keys);
  const app = createApp({
    ...{ store, temporal: client, settings, tokens: own, prove, log: () => undefined },
    extend: (pages, site) =>
      pages.route('/api', createApi({ site, store, client, publish, find, token: 'local', searchAttributes: false })),
  }) as unknown as Hono;
  await store.definitions.deploy(stored('finance', 'pay', { do: [{ a: { set: { a: 1 } } }] }));
  const close = async (): Promise<void> => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { store, app, activities, tokenOf, close };
}

/** A Temporal in which nothing is scheduled and nothing runs: what crosses a border never comes so far. */
export function temporal(): Client {
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

/** The text of a definition. */
export const text = (namespace: string, name: string, more: object): string =>
  JSON.stringify({ document: { dsl: '1.0.3', namespace, name, version: '1.0.0' }, ...more });
/** A definition as the store keeps it. */
export const stored = (namespace: string, name: string, more: object) => ({
  ...{ hash: `sha256:${namespace}/${name}`, namespace, name, version: '1.0.0', files: {} },
  ...{ definition: JSON.parse(text(namespace, name, more)) as object, source: text(namespace, name, more) },
});
