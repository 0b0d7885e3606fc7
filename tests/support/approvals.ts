import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { OutgoingApprovalMail } from '../../activities/approvals/index.ts';
import { createApprovalActivities } from '../../activities/approvals/index.ts';
import { Invoice } from '../../core/model/invoice.ts';
import { Settings } from '../../core/settings/settings.ts';
import { createPeople } from '../../server/people/members.ts';
import { createApi } from '../../server/api/index.ts';
import type { DeskMail } from '../../server/desk/sign-in/codes.ts';
import type { Env, Site } from '../../server/site/context.ts';
import { createApp } from '../../server/app.ts';
import { openKeyRing } from '../../installation/keys/key-ring.ts';
import { deskRoutes } from '../../server/desk/index.ts';
import { createRouter } from '../../intake/router.ts';
import type { Tokens } from '../../server/site/tokens.ts';
import { createTokens } from '../../server/site/tokens.ts';
import { createNames } from '../../installation/keys/names.ts';
import { createDecisionKeys } from '../../installation/keys/decision-keys.ts';
import type { Prove } from '../../core/model/proof.ts';
import type { Store } from '../../store/index.ts';
import { openStore } from '../../store/index.ts';
import type { LapseOptions } from './lapse.ts';
import { Lapse } from './lapse.ts';
import type { Stubs } from './temporal.ts';
import { Engine, eventually } from './temporal.ts';

export const settings = Settings.parse({
  company: { name: 'Huta Północ Sp. z o.o.' },
  publicUrl: 'http://approvals.test',
  smtp: { host: '127.0.0.1', port: 1, from: 'Zaplecze <bot@huta.example>' },
  people: [
    { name: 'Anna Nowak', email: 'anna@huta.example', language: 'pl' },
    { name: 'Ben Carter', email: 'ben@huta.example', language: 'en' },
    { name: 'Celina Wójcik', email: 'celina@huta.example', language: 'pl' },
  ],
  roles: { accounting: ['anna@huta.example', 'ben@huta.example'], board: ['celina@huta.example'] },
});

export const invoice = Invoice.parse({
  number: 'FV/2026/11/0042',
  issueDate: '2026-11-20',
  saleDate: '2026-11-19',
  dueDate: '2026-12-04',
  currency: 'PLN',
  seller: {
    name: 'Stalpol Żelazo i Stal S.A.',
    vatId: '5260001246',
    address: 'ul. Hutnicza 7, 30-001 Kraków',
    country: 'PL',
  },
  buyer: { name: 'Huta Północ Sp. z o.o.', vatId: '1132191233' },
  lines: [
    { name: 'Pręt żebrowany 12 mm', quantity: '2.5', unit: 't', unitPrice: '3200.00', net: '8000.00', vatRate: '23' },
    { name: 'Transport', quantity: '1', unit: 'szt.', unitPrice: '2000.00', net: '2000.00', vatRate: '23' },
  ],
  vatBreakdown: [{ rate: '23', net: '10000.00', vat: '2300.00' }],
  totals: { net: '10000.00', vat: '2300.00', gross: '12300.00', payable: '12300.00' },
  payment: { iban: 'PL61109010140000071219812874', splitPayment: true },
});

/** An engine, a store and the pages, with mails caught in a list: everything of an approval but the postman. */
export type ApprovalHouse = {
  engine: Engine;
  /** State folder, removed at the end. */
  dir: string;
  store: Store;
  app: Hono<Env>;
  /** The pages as a server has them that was started anew: with the keys of the file, and no memory. */
  restartedApp: () => Promise<Hono<Env>>;
  tokens: Tokens;
  prove: Prove;
  mails: OutgoingApprovalMail[];
  /** Mails of the pages themselves, such as codes to sign in. */
  deskMails: DeskMail[];
  /** The clock, where days pass in moments. */
  lapse: Lapse | undefined;
  /** Waits for the `nth` mail to that person, from 0. */
  mailTo: (address: string, nth?: number) => Promise<OutgoingApprovalMail>;
  stop: () => Promise<void>;
};

/** The next mail: a digest comes at its time of day, some twenty seconds in a test. */
const MAIL_MS = 45_000;

export type HouseOptions = {
  /** Days that pass in moments. */
  lapse?: LapseOptions;
  settings?: Partial<Settings>;
  secret?: (name: string) => Promise<string>;
};

/** Token of the command line, which may do everything by the API. */
export const LOCAL_TOKEN = 'local-token';

/** `stubs`: further activities that definitions of the test call. */
export async function openHouse(stubs: Stubs = {}, options: HouseOptions = {}): Promise<ApprovalHouse> {
  const lapse = options.lapse && new Lapse(options.lapse);
  const own = { ...settings, ...options.settings };
  const dir = await mkdtemp(join(tmpdir(), 'zaplecze-approvals-'));
  const store = await openStore({ dir });
  const keys = await openKeyRing(join(dir, 'keys.json'));
  const tokens = createTokens(keys);
  const { prove, publicKeys } = createDecisionKeys(keys);
  const mails: OutgoingApprovalMail[] = [];
  const activities = createApprovalActivities({
    store,
    settings: own,
    ...(lapse && { clock: () => lapse.now() }),
    signLink: (claims) => tokens.signLink(claims),
    proofKeys: publicKeys,
    namesOf: createNames(keys),
    // Once per key, as the mailer is.
    sendMail: async (mail) => {
      const row = await store.outbox.begin(mail.key, `<${mail.key}@huta.example>`, [mail.to.address]);
      if (!row.sent) mails.push(mail);
      await store.outbox.sent(mail.key, {});
      return { messageId: row.messageId };
    },
  });
  const people: Stubs = lapse ? lapse.translate(activities) : activities;
  const engine = await Engine.start({ stubs: { ...people, ...stubs } });
  const deskMails: DeskMail[] = [];
  const publish = createRouter({ store, client: engine.env.client });
  const desk = {
    store,
    client: engine.env.client,
    searchAttributes: false,
    publish,
    sendMail: (mail: DeskMail) => Promise.resolve(deskMails.push(mail)),
  };
  const extend = (app: Hono<Env>, site: Site): unknown => {
    const find = createPeople(store.users, own);
    app.route('/api', createApi({ ...desk, site, find, token: LOCAL_TOKEN }));
    return app.route('/', deskRoutes(site, desk));
  };
  const pages = (signed: Tokens): Hono<Env> =>
    createApp({
      store,
      temporal: engine.env.client,
      settings: own,
      tokens: signed,
      prove,
      extend,
      ...(lapse && { clock: () => lapse.now() }),
      ...(options.secret && { secret: options.secret }),
    });
  lapse?.begin();
  return {
    engine,
    lapse,
    dir,
    store,
    app: pages(tokens),
    restartedApp: async () => pages(createTokens(await openKeyRing(join(dir, 'keys.json')))),
    tokens,
    prove,
    mails,
    deskMails,
    mailTo: (address, nth = 0) =>
      eventually(() => Promise.resolve(mails.filter((mail) => mail.to.address === address)[nth]), MAIL_MS),
    stop: async () => {
      await engine.stop();
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
}

/** The path of the one link in a mail. */
export function linkIn(mail: { text: string }): string {
  const link = /https?:\/\/\S+\/[aqd]\/\S+/.exec(mail.text)?.[0];
  if (!link) throw new Error(`no link in: ${mail.text}`);
  return new URL(link).pathname;
}

/** The page's own token, as the browser would send it. */
export async function pageTokenOf(app: Hono<Env>, path: string): Promise<string> {
  const page = await (await app.request(path)).text();
  const token = /name="page"\s+value="([^"]+)"/.exec(page)?.[1];
  if (!token) throw new Error(`no form on the page: ${page}`);
  return token;
}

/** Sends the form of the page behind a link, like a browser of the same site. */
export async function post(app: Hono<Env>, path: string, fields: Record<string, string>): Promise<Response> {
  return app.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
}

/** Opens the page and decides. */
export async function decide(
  app: Hono<Env>,
  path: string,
  decision: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  return post(app, path, { page: await pageTokenOf(app, path), decision, ...fields });
}
